package dev.usher.mail;

/** Hands a mail to whoever delivers it. */
@FunctionalInterface
public interface MailSender {

    /**
     * Returns once the mail is taken.
     *
     * @param sender the name that people see beside the sender's address
     * @param messageId a GUID: the same for each try, so that a mail that was taken twice shows
     * @throws NotSent if it was not
     */
    void send(String sender, Mail mail, String messageId) throws NotSent;

    /** A mail was not taken. The message names neither its address nor what it says. */
    final class NotSent extends Exception {
        private static final long serialVersionUID = 1L;

        public NotSent(String why, Throwable cause) {
            super(why, cause);
        }
    }
}
