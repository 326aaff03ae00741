package dev.usher.secret;

import dev.usher.ids.Ids;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce per value and the context as additional
 * data. The text is {@code sealed:1:} and base64url of nonce, ciphertext and 128-bit tag.
 */
public final class AesGcmSealer implements Sealer {

    private static final String MARKER = "sealed:1:";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final MasterKey key;
    private final Ids ids;

    public AesGcmSealer(MasterKey key, Ids ids) {
        this.key = key;
        this.ids = ids;
    }

    @Override
    public String seal(String context, byte[] secret) {
        byte[] nonce = ids.bytes(NONCE_BYTES);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, context, nonce).doFinal(secret);
            byte[] whole =
                    ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array();
            return MARKER + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal", e);
        }
    }

    @Override
    public byte[] open(String context, String sealed) {
        if (!sealed.startsWith(MARKER)) {
            throw new IllegalStateException("not sealed text");
        }
        try {
            ByteBuffer whole =
                    ByteBuffer.wrap(
                            Base64.getUrlDecoder().decode(sealed.substring(MARKER.length())));
            if (whole.remaining() < NONCE_BYTES + TAG_BITS / 8) {
                throw new IllegalStateException("sealed text is cut short");
            }
            byte[] nonce = new byte[NONCE_BYTES];
            whole.get(nonce);
            byte[] body = new byte[whole.remaining()];
            whole.get(body);
            return cipher(Cipher.DECRYPT_MODE, context, nonce).doFinal(body);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "sealed text was altered, moved, or sealed under another master key", e);
        }
    }

    private Cipher cipher(int mode, String context, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
