package dev.usher.html;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a page shows within its frame. */
public sealed interface Content {

    /** The name of the template that shows it. */
    String template();

    /**
     * Something to read, with ways on.
     *
     * @param text paragraphs
     */
    record Message(List<String> text, List<Link> links) implements Content {

        public Message {
            text = List.copyOf(text);
            links = List.copyOf(links);
        }

        @Override
        public String template() {
            return "message.jte";
        }
    }

    /** A way on from a {@link Message}; the address is our own or a validated one. */
    record Link(String id, String text, String address) {}

    /**
     * Something to fill in. Buttons among the parts stand in the order of the page; those of {@link
     * Part.Action} that are not {@code main} belong to a form of their own, so that the enter key
     * always means the main one and nothing half filled in is complained about.
     *
     * @param action where it is posted to, a path of our own
     * @param hidden fields that go with every button
     * @param alert what went wrong with the form as a whole; null if nothing did
     * @param aids what stands below for those who try the form out; empty for none
     */
    record Form(
            String action,
            Map<String, String> hidden,
            @Nullable String alert,
            @Nullable String intro,
            List<Part> parts,
            List<Part> aids)
            implements Content {

        public Form {
            hidden = Map.copyOf(hidden);
            parts = List.copyOf(parts);
            aids = List.copyOf(aids);
        }

        /** A form for people alone. */
        public Form(
                String action,
                Map<String, String> hidden,
                @Nullable String alert,
                @Nullable String intro,
                List<Part> parts) {
            this(action, hidden, alert, intro, parts, List.of());
        }

        /** The same with something for those who try it out. */
        public Form aided(List<Part> others) {
            return new Form(action, hidden, alert, intro, parts, others);
        }

        @Override
        public String template() {
            return "form.jte";
        }
    }

    /**
     * A form that sends itself on where scripts run, and by its button elsewhere (OAuth 2.0 Form
     * Post Response Mode).
     *
     * @param action a validated address of an application
     */
    record SelfPosting(String action, Map<String, String> fields, String button)
            implements Content {

        public SelfPosting {
            fields = Map.copyOf(fields);
        }

        @Override
        public String template() {
            return "selfPosting.jte";
        }
    }

    /**
     * Something to read while other sites are told of it: each is loaded once, in a frame that
     * nobody sees (OIDC Front-Channel Logout 1.0, 3).
     *
     * @param frames absolute addresses
     */
    record Telling(List<String> text, List<Link> links, List<String> frames) implements Content {

        public Telling {
            text = List.copyOf(text);
            links = List.copyOf(links);
            frames = List.copyOf(frames);
        }

        @Override
        public String template() {
            return "telling.jte";
        }
    }

    /**
     * Mails that were not sent, for those who try things out.
     *
     * @param place the page's own path
     * @param to whose mails these are; empty for everybody's
     * @param fields what else the page was asked with
     * @param others the mailboxes of others, by their names
     */
    record Mails(
            String place,
            String to,
            Map<String, String> fields,
            List<Link> others,
            List<Letter> letters)
            implements Content {

        public Mails {
            fields = Map.copyOf(fields);
            others = List.copyOf(others);
            letters = List.copyOf(letters);
        }

        @Override
        public String template() {
            return "mails.jte";
        }
    }

    /**
     * One of {@link Mails}.
     *
     * @param id stands in an element's id
     * @param at when it was written, as people read it
     * @param code empty if it brings none
     * @param html the path of its other form, which is shown in a sandbox
     */
    record Letter(
            String id,
            String to,
            String subject,
            String at,
            String code,
            String text,
            String html) {}
}
