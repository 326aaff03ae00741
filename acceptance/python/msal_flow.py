"""MSAL for Python, as Debian has it: code with PKCE through a user flow, then renewal and sign-out.

Reads the authorization address from nobody: it prints it, and reads the address at which the
application took over from its input.
"""

import json
import os
import sys

import msal

application = msal.PublicClientApplication(
    os.environ["USHER_CLIENT"],
    authority=os.environ["USHER_AUTHORITY"],
    validate_authority=False,
    instance_discovery=False,
)
flow = application.initiate_auth_code_flow(
    scopes=[os.environ["USHER_CLIENT"]], redirect_uri="http://localhost:3000/signed-in"
)
print(flow["auth_uri"], flush=True)
answer = json.loads(sys.stdin.readline())
first = application.acquire_token_by_auth_code_flow(flow, answer)
if "error" in first:
    sys.exit(json.dumps(first))
account = application.get_accounts()[0]
renewed = application.acquire_token_silent(
    scopes=[os.environ["USHER_CLIENT"]], account=account, force_refresh=True
)
application.remove_account(account)
print(
    json.dumps(
        {
            "claims": first["id_token_claims"],
            "account": account["home_account_id"],
            "id_token": first["id_token"],
            "renewed": "access_token" in renewed,
            "accounts": len(application.get_accounts()),
            "rotated": renewed.get("refresh_token") != first["refresh_token"],
        }
    )
)
