package dev.usher.text;

/** One code that a protocol edge can answer with; {@code docs/errors.md} lists them all. */
public interface CatalogueEntry {

    /** The code on the wire. */
    String code();

    /** The HTTP status it comes with. */
    int status();

    /** The room that refuses: {@code http}, {@code graph.BearerGuard}, {@code odata.Planner} ... */
    String room();

    /** What it means, in a sentence. */
    String meaning();
}
