/**
 * jupyterhub_config.py. It is the same everywhere: what differs stands in settings.json beside it, which hub-settings.ts
 * describes. JupyterHub 5.5.0, KubeSpawner 7.0.0 and OAuthenticator 17.4.0, as the image brings them.
 */
export const hubConfig = `import hashlib
import hmac
import json
import os
import re
import sys
import urllib.request
from pathlib import Path

from jupyterhub.auth import Authenticator

c = get_config()  # noqa: F821
settings = json.loads((Path(__file__).parent / "settings.json").read_text())
people = settings["people"]

# --- The hub and its proxy ---------------------------------------------------------------------------------------------
c.JupyterHub.hub_bind_url = "http://:8081"
c.JupyterHub.hub_connect_url = settings["hubUrl"]
c.JupyterHub.db_url = "sqlite:////srv/jupyterhub/jupyterhub.sqlite"
c.JupyterHub.cookie_secret = hashlib.sha256(os.environ["COOKIE_SECRET"].encode()).digest()
c.ConfigurableHTTPProxy.should_start = False
c.ConfigurableHTTPProxy.api_url = settings["proxyUrl"]
# Servers go on while the hub restarts, and a proxy that lost its routes gets them back within a minute.
c.JupyterHub.cleanup_servers = False
c.JupyterHub.last_activity_interval = 60
c.JupyterHub.tornado_settings = {"slow_spawn_timeout": 0}
c.JupyterHub.active_server_limit = settings["servers"]
c.JupyterHub.allow_named_servers = False
# Prometheus has no account here. What it reads counts requests and servers, and names nobody.
c.JupyterHub.authenticate_prometheus = False

# --- Who may enter -----------------------------------------------------------------------------------------------------
c.Authenticator.allowed_users = set(people)
# Only the list counts. Without these, whoever ever signed in could go on doing so.
c.Authenticator.allow_existing_users = False
c.Authenticator.username_pattern = "^(" + "|".join(re.escape(name) for name in people) + ")$"
c.Authenticator.delete_invalid_users = True
# The role's users are exactly these; Authenticator.admin_users would only ever add some.
admins = {"name": "admin", "users": [name for name, person in people.items() if person["admin"]]}


class PasswordAuthenticator(Authenticator):
    """Each person's own password, made in the cluster and read from a Secret."""

    async def authenticate(self, handler, data):
        person = people.get(data["username"].strip().lower())
        expected = Path(person["password"]).read_text() if person else ""
        matches = hmac.compare_digest(data["password"].encode(), expected.encode())
        return data["username"] if expected and matches else None


def person_of(claims):
    """The person with this address. Everybody else gets a name that nobody may have."""
    email = str(claims.get("email", "")).lower()
    names = {person["email"].lower(): name for name, person in people.items()}
    return names.get(email, "stranger:" + email) if claims.get("email_verified", True) else "unverified:" + email


oidc = settings["oidc"]
if oidc:
    with urllib.request.urlopen(oidc["issuer"].rstrip("/") + "/.well-known/openid-configuration", timeout=10) as answer:
        provider = json.load(answer)
    c.JupyterHub.authenticator_class = "oauthenticator.generic.GenericOAuthenticator"
    c.GenericOAuthenticator.login_service = "the lab"
    c.GenericOAuthenticator.authorize_url = provider["authorization_endpoint"]
    c.GenericOAuthenticator.token_url = provider["token_endpoint"]
    c.GenericOAuthenticator.userdata_url = provider["userinfo_endpoint"]
    c.GenericOAuthenticator.oauth_callback_url = settings["url"] + "/hub/oauth_callback"
    c.GenericOAuthenticator.client_id = oidc["client"]
    c.GenericOAuthenticator.client_secret = Path(oidc["secret"]).read_text()
    c.GenericOAuthenticator.scope = ["openid", "email", "profile"]
    c.GenericOAuthenticator.username_claim = person_of
    # Whom else to believe: curl, which asks for the token, reads no variable.
    if "SSL_CERT_FILE" in os.environ:
        c.GenericOAuthenticator.http_request_kwargs = {"ca_certs": os.environ["SSL_CERT_FILE"]}
else:
    c.JupyterHub.authenticator_class = PasswordAuthenticator

# --- People's servers --------------------------------------------------------------------------------------------------
c.JupyterHub.spawner_class = "kubespawner.KubeSpawner"
c.KubeSpawner.common_labels = settings["labels"]
c.KubeSpawner.pvc_name_template = settings["homes"]
# Homes are claimed in git: the hub neither makes nor deletes any, and remembers none.
c.KubeSpawner.storage_pvc_ensure = False
c.KubeSpawner.delete_pvc = False
c.KubeSpawner.remember_pvc_name = False
c.KubeSpawner.cmd = ["jupyterhub-singleuser"]
c.KubeSpawner.default_url = "/lab"
c.KubeSpawner.start_timeout = settings["startsWithinSeconds"]
c.KubeSpawner.http_timeout = 120
c.KubeSpawner.delete_grace_period = 30
c.KubeSpawner.image_pull_policy = "IfNotPresent"
# The image's own user, and the group that may write where it installs packages.
c.KubeSpawner.uid = 1000
c.KubeSpawner.gid = 100
c.KubeSpawner.fs_gid = 100
c.KubeSpawner.allow_privilege_escalation = False
c.KubeSpawner.container_security_context = {"capabilities": {"drop": ["ALL"]}}
c.KubeSpawner.pod_security_context = {
    "runAsNonRoot": True,
    "fsGroupChangePolicy": "OnRootMismatch",
    "seccompProfile": {"type": "RuntimeDefault"},
}
c.KubeSpawner.automount_service_account_token = False
c.KubeSpawner.extra_pod_config = {"enableServiceLinks": False}
c.KubeSpawner.priority_class_name = settings["priorityClassName"]
c.KubeSpawner.node_selector = settings["nodeSelector"]
c.KubeSpawner.tolerations = settings["tolerations"]
c.KubeSpawner.volumes = settings["volumes"]
c.KubeSpawner.volume_mounts = settings["mounts"]
c.KubeSpawner.profile_list = settings["profiles"]

# --- Servers that nobody uses ------------------------------------------------------------------------------------------
# Scopes: https://github.com/jupyterhub/jupyterhub-idle-culler#permissions
c.JupyterHub.load_roles = [
    admins,
    {
        "name": "idle-culler",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["idle-culler"],
    },
]
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        # In this pod: no way out through its own Service.
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--url=http://localhost:8081/hub/api", *settings["culling"]],
    }
]
`;
