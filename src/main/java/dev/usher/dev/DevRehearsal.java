package dev.usher.dev;

import dev.usher.flow.Rehearsal;
import dev.usher.ids.TenantId;
import dev.usher.tenant.Tenants;
import java.util.List;
import java.util.Optional;

/** The people of the seeds, to sign in as, and the mailbox that everybody shares. */
public final class DevRehearsal implements Rehearsal {

    private final DevDirectory directory;
    private final Tenants tenants;

    public DevRehearsal(DevDirectory directory, Tenants tenants) {
        this.directory = directory;
        this.tenants = tenants;
    }

    @Override
    public List<Persona> personas(TenantId tenant) {
        return DevTenant.all().stream()
                .filter(seeded -> seeded.id().equals(tenant))
                .flatMap(seeded ->
                        DevSamples.PEOPLE.stream()
                                .map(person ->
                                        new Persona(
                                                person.name(),
                                                person.email(),
                                                directory.password(seeded, person.email()))))
                .toList();
    }

    @Override
    public Optional<String> mailbox(TenantId tenant, String address) {
        return tenants.find(tenant).map(known -> DevMailbox.path(known, address));
    }
}
