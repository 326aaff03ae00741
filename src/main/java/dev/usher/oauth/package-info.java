/**
 * Ring 4. The OAuth 2.0 and OpenID Connect endpoints of a tenant. Imports {@code token} and rings 0
 * to 2. Start reading at {@link dev.usher.oauth.OAuthEndpoints}.
 */
@NullMarked
package dev.usher.oauth;

import org.jspecify.annotations.NullMarked;
