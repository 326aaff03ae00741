package dev.usher.flow;

import dev.usher.ids.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * What the pages offer to those who only try a flow out, so that they need not type. Development
 * mode has such; anywhere else it is {@link #NONE}.
 */
public interface Rehearsal {

    /** Nobody tries anything out. */
    Rehearsal NONE =
            new Rehearsal() {
                @Override
                public List<Persona> personas(TenantId tenant) {
                    return List.of();
                }

                @Override
                public Optional<String> mailbox(TenantId tenant, String address) {
                    return Optional.empty();
                }
            };

    /** Somebody to sign in as. */
    record Persona(String name, String email, String password) {}

    /** Whom people may sign in as by one press of a button. */
    List<Persona> personas(TenantId tenant);

    /** The path of the page that shows the mails to an address. */
    Optional<String> mailbox(TenantId tenant, String address);
}
