package dev.usher.directory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Hashes that other systems made, for people who move here: bcrypt, PBKDF2 and scrypt in the
 * modular crypt format, and the salted and plain SHA forms of LDAP (RFC 2307). They are only ever
 * checked.
 */
final class ForeignHashes {

    /** The most rounds of PBKDF2 that are worked through. */
    static final int PBKDF2_ROUNDS_MAX = 10_000_000;

    /** The greatest cost of bcrypt, as a power of two. */
    static final int BCRYPT_COST_MAX = 16;

    /** The greatest {@code N} of scrypt, as a power of two. */
    static final int SCRYPT_COST_MAX = 20;

    private static final Pattern BCRYPT =
            Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    private static final Pattern PBKDF2 =
            Pattern.compile(
                    "\\$pbkdf2(-sha256|-sha512)?\\$(\\d{1,8})\\$([./+A-Za-z0-9]{0,128})"
                            + "\\$([./+A-Za-z0-9]{20,128})");
    private static final Pattern SCRYPT =
            Pattern.compile(
                    "\\$scrypt\\$ln=(\\d{1,2}),r=(\\d{1,2}),p=(\\d{1,2})\\$([./+A-Za-z0-9]{0,128})"
                            + "\\$([./+A-Za-z0-9]{20,128})");
    private static final Pattern SHA =
            Pattern.compile("\\{(S?SHA(?:256|512)?)\\}([+/A-Za-z0-9]{20,256}={0,2})");
    private static final Map<String, String> DIGESTS =
            Map.of("SHA", "SHA-1", "SHA256", "SHA-256", "SHA512", "SHA-512");

    private ForeignHashes() {}

    /** Whether the form is known and its cost within bounds. */
    static boolean known(String stored) {
        Matcher bcrypt = BCRYPT.matcher(stored);
        if (bcrypt.matches()) {
            int cost = Integer.parseInt(bcrypt.group(1));
            return cost >= 4 && cost <= BCRYPT_COST_MAX;
        }
        Matcher pbkdf2 = PBKDF2.matcher(stored);
        if (pbkdf2.matches()) {
            int rounds = Integer.parseInt(pbkdf2.group(2));
            return rounds > 0 && rounds <= PBKDF2_ROUNDS_MAX && decodable(pbkdf2, 3, 4);
        }
        Matcher scrypt = SCRYPT.matcher(stored);
        if (scrypt.matches()) {
            int cost = Integer.parseInt(scrypt.group(1));
            int blocks = Integer.parseInt(scrypt.group(2));
            int lanes = Integer.parseInt(scrypt.group(3));
            return cost > 0
                    && cost <= SCRYPT_COST_MAX
                    && blocks > 0
                    && blocks <= 32
                    && lanes > 0
                    && lanes <= 16
                    && decodable(scrypt, 4, 5);
        }
        Matcher sha = SHA.matcher(stored);
        return sha.matches() && decodable(sha, 2) && shaFits(sha);
    }

    private static boolean decodable(Matcher matched, int... groups) {
        try {
            for (int group : groups) {
                decode(matched.group(group));
            }
            return true;
        } catch (IllegalArgumentException damaged) {
            return false;
        }
    }

    private static boolean shaFits(Matcher sha) {
        int length = digestOf(sha).getDigestLength();
        int given = decode(sha.group(2)).length;
        return salted(sha) ? given > length : given == length;
    }

    static boolean verify(String password, String stored) {
        if (!known(stored)) {
            return false;
        }
        byte[] clear = password.getBytes(StandardCharsets.UTF_8);
        Matcher pbkdf2 = PBKDF2.matcher(stored);
        if (pbkdf2.matches()) {
            return pbkdf2(clear, pbkdf2);
        }
        Matcher scrypt = SCRYPT.matcher(stored);
        if (scrypt.matches()) {
            byte[] expected = decode(scrypt.group(5));
            byte[] actual =
                    SCrypt.generate(
                            clear,
                            decode(scrypt.group(4)),
                            1 << Integer.parseInt(scrypt.group(1)),
                            Integer.parseInt(scrypt.group(2)),
                            Integer.parseInt(scrypt.group(3)),
                            expected.length);
            return MessageDigest.isEqual(expected, actual);
        }
        Matcher sha = SHA.matcher(stored);
        return sha.matches()
                ? sha(clear, sha)
                : OpenBSDBCrypt.checkPassword(stored, password.toCharArray());
    }

    private static boolean pbkdf2(byte[] clear, Matcher stored) {
        Digest digest =
                switch (String.valueOf(stored.group(1))) {
                    case "-sha256" -> new SHA256Digest();
                    case "-sha512" -> new SHA512Digest();
                    default -> new SHA1Digest();
                };
        byte[] expected = decode(stored.group(4));
        PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(digest);
        generator.init(clear, decode(stored.group(3)), Integer.parseInt(stored.group(2)));
        KeyParameter key =
                (KeyParameter) generator.generateDerivedMacParameters(expected.length * 8);
        return MessageDigest.isEqual(expected, key.getKey());
    }

    private static boolean sha(byte[] clear, Matcher stored) {
        MessageDigest digest = digestOf(stored);
        byte[] both = decode(stored.group(2));
        int length = digest.getDigestLength();
        digest.update(clear);
        byte[] actual = digest.digest(Arrays.copyOfRange(both, length, both.length));
        return MessageDigest.isEqual(Arrays.copyOf(both, length), actual);
    }

    private static boolean salted(Matcher sha) {
        return sha.group(1).startsWith("SS");
    }

    private static MessageDigest digestOf(Matcher sha) {
        String name = sha.group(1).toUpperCase(Locale.ROOT);
        String plain = salted(sha) ? name.substring(1) : name;
        try {
            return MessageDigest.getInstance(DIGESTS.getOrDefault(plain, "SHA-1"));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA", impossible);
        }
    }

    /** Base64, where a dot may stand for the plus sign and padding may be left out. */
    private static byte[] decode(String text) {
        return Base64.getDecoder().decode(text.replace('.', '+'));
    }
}
