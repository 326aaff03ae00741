package dev.usher.flow;

/**
 * What a person sees on their way, as data.
 *
 * @param position goes with what the person sends from here
 * @param language tag of the texts
 * @param product who speaks: the tenant's display name
 * @param clientId the application that wants to know who signs in
 * @param year the tenant's current one
 */
public record Screen(
        Step step,
        JourneyState state,
        int position,
        FlowTexts.Shown texts,
        String language,
        String product,
        String clientId,
        int year) {}
