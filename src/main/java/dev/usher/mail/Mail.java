package dev.usher.mail;

/**
 * A mail to one person, in both forms.
 *
 * @param address where it goes, as the person wrote it
 */
public record Mail(String address, String subject, String plain, String html) {}
