/**
 * Ring 3. Access tokens for the Graph API: issued by us, and verified whether by us or by a trusted
 * issuer. Imports rings 0 to 2. Start reading at {@link dev.usher.token.AccessTokenVerifier}.
 */
@NullMarked
package dev.usher.token;

import org.jspecify.annotations.NullMarked;
