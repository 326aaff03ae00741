package dev.usher;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page as whoever fills it in sees it.
 *
 * @param hidden fields that go with every button
 * @param fields what can be filled in, by name: what can be chosen, empty for text
 * @param buttons what can be pressed: id and action
 * @param links the addresses of links that are ways on
 */
public record FormPage(
        String html,
        Map<String, String> hidden,
        Map<String, List<String>> fields,
        Map<String, String> buttons,
        List<String> links) {

    private static final Pattern TAG =
            Pattern.compile("<(input|select|option|button|a)\\b((?:[^>\"]|\"[^\"]*\")*)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z-]+)(?:=\"([^\"]*)\")?");

    public static FormPage of(String html) {
        Map<String, String> hidden = new LinkedHashMap<>();
        Map<String, List<String>> fields = new LinkedHashMap<>();
        Map<String, String> buttons = new LinkedHashMap<>();
        List<String> links = new ArrayList<>();
        Matcher tag = TAG.matcher(html);
        String select = "";
        while (tag.find()) {
            Map<String, String> has = attributes(tag.group(2));
            String name = has.getOrDefault("name", "");
            String value = has.getOrDefault("value", "");
            switch (tag.group(1)) {
                case "button" -> buttons.put(has.getOrDefault("id", ""), value);
                case "a" -> links.add(has.getOrDefault("href", ""));
                case "select" -> {
                    select = name;
                    fields.put(name, new ArrayList<>());
                }
                case "option" -> fields.get(select).add(value);
                default -> input(has, name, value, hidden, fields);
            }
        }
        return new FormPage(html, hidden, fields, buttons, links);
    }

    private static void input(
            Map<String, String> has,
            String name,
            String value,
            Map<String, String> hidden,
            Map<String, List<String>> fields) {
        switch (has.getOrDefault("type", "text")) {
            case "hidden" -> hidden.put(name, value);
            case "radio", "checkbox" ->
                    fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            default -> fields.putIfAbsent(name, List.of());
        }
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher attribute = ATTRIBUTE.matcher(text);
        while (attribute.find()) {
            String value = attribute.group(2) == null ? "" : attribute.group(2);
            attributes.put(attribute.group(1), plain(value));
        }
        return attributes;
    }

    private static String plain(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    public boolean has(String button) {
        return buttons.containsKey(button);
    }

    /** Whether there is a way on or back. */
    public boolean leadsOn() {
        return !buttons.isEmpty() || !links.isEmpty();
    }

    /** What is sent by that button, with these names and values. */
    public String body(String button, String... namesAndValues) {
        List<String> sent = new ArrayList<>();
        hidden.forEach((name, value) -> sent.addAll(List.of(name, value)));
        sent.addAll(
                List.of(
                        "action",
                        Optional.ofNullable(buttons.get(button))
                                .orElseThrow(() -> new AssertionError(button + " on " + html))));
        sent.addAll(List.of(namesAndValues));
        return WholeBrowser.form(sent.toArray(String[]::new));
    }

    public String heading() {
        Matcher heading = Pattern.compile("<h1[^>]*>([^<]*)</h1>").matcher(html);
        return heading.find() ? plain(heading.group(1).strip()) : "";
    }

    /** What stands in the element of that id, up to the next tag. */
    public String said(String id) {
        Matcher found = Pattern.compile("id=\"" + id + "\"[^>]*>([^<]*)<").matcher(html);
        return found.find() ? plain(found.group(1).strip()) : "";
    }
}
