package dev.usher.edm;

import java.util.List;
import java.util.Optional;

/**
 * An enumeration (CSDL 4.01 section 10).
 *
 * @param flags whether a value may combine members
 */
public record EnumType(String qualifiedName, boolean flags, List<Member> members)
        implements EdmType {

    /** Graph's marker for "a member that this client does not know"; never a legal input. */
    public static final String UNKNOWN_FUTURE_VALUE = "unknownFutureValue";

    /** One member: its name as Graph spells it, and its number. */
    public record Member(String name, long value) {}

    /** The member of that name, ignoring case, as Graph reads it. */
    public Optional<Member> member(String name) {
        return members.stream().filter(member -> member.name.equalsIgnoreCase(name)).findFirst();
    }

    /** The names a client may send, in schema order. */
    public List<String> inputNames() {
        return members.stream()
                .map(Member::name)
                .filter(name -> !name.equals(UNKNOWN_FUTURE_VALUE))
                .toList();
    }

    /** Whether members stand behind the sentinel, shown only on request. */
    public boolean hiddenByDefault(String name) {
        boolean behind = false;
        for (Member member : members) {
            if (behind && member.name.equals(name)) {
                return true;
            }
            behind |= member.name.equals(UNKNOWN_FUTURE_VALUE);
        }
        return false;
    }
}
