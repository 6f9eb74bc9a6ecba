"""Settings of the web: every fault at start, all at once; nothing half-made starts."""

from __future__ import annotations

import pytest

from lawqa.cli import main
from lawqa.errors import SettingsError
from lawqa.settings import load_settings
from lawqa.web.policy import policy_of
from tests.web.conftest import lawqa_command


def test_all_faults_are_named_at_once() -> None:
    environment = {
        "LAWQA_EMBED_ORIGINS": "portal.intra,https://a.intra/path,https://ok.intra",
        "LAWQA_PROXY_PEERS": "10.0.0.300",
        "LAWQA_SIGN_ON": "proxy",
        "LAWQA_AUDIT_QUESTIONS": "hash",
        "LAWQA_ROOT_PATH": "tools/",
        "LAWQA_RATE_BURST": "0",
    }
    with pytest.raises(SettingsError) as caught:
        policy_of(load_settings(environment))
    for part in ("“portal.intra”", "/path”", "10.0.0.300", "LAWQA_PROXY_HEADER", "AUDIT_KEY", "“tools/”", "RATE_BURST"):
        assert part in str(caught.value)
    assert "ok.intra" not in str(caught.value)


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"LAWQA_SIGN_ON": "proxy", "LAWQA_PROXY_HEADER": "X-User"}, "PROXY_PEERS"),
        ({"LAWQA_SIGN_ON": "proxy", "LAWQA_PROXY_PEERS": "127.0.0.1"}, "PROXY_HEADER"),
        ({"LAWQA_PROXY_HEADER": "X-User"}, "LAWQA_SIGN_ON"),
        ({"LAWQA_SIGN_ON": "oidc", "LAWQA_OIDC_ISSUER": "https://sso.intra"}, "OIDC_CLIENT_SECRET"),
        ({"LAWQA_OIDC_CLIENT_SECRET": "s"}, "LAWQA_SIGN_ON"),
        ({"LAWQA_SIGN_ON": "password"}, "“password”"),
    ],
)
def test_half_a_sign_on_does_not_start(
    environment: dict[str, str], says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    assert main(["serve", "--port", "8159"]) == 2
    error = capsys.readouterr().err
    assert says in error
    assert error.count("\n") == 1


def test_open_to_the_network_must_be_said() -> None:
    result = lawqa_command("serve", "--port", "8159", "--host", "0.0.0.0")
    assert result.returncode == 2
    assert "--allow-open" in result.stderr


def test_origins() -> None:
    policy = policy_of(load_settings({"LAWQA_EMBED_ORIGINS": "https://Portal.intra/,http://127.0.0.1:9000"}))
    assert policy.frame_ancestors == "'self' https://portal.intra http://127.0.0.1:9000"
    assert policy.allows("https://portal.intra")
    assert not policy.allows("https://portal.intra.evil.com")
    assert not policy.allows("null")
    nobody = policy_of(load_settings({}))
    assert nobody.frame_ancestors == "'self'"
    assert not nobody.allows("https://portal.intra")
    everybody = policy_of(load_settings({"LAWQA_EMBED_ORIGINS": "*"}))
    assert everybody.allows("https://any.where")
    assert not everybody.allows("null")


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("https://门户.intra", "https://xn--zoup46i.intra"),
        ("https://门户。Intra:8443/", "https://xn--zoup46i.intra:8443"),
        ("https://Bücher.intra", "https://xn--bcher-kva.intra"),
        ("https://portal.intra:443", "https://portal.intra"),
        ("http://[::1]:9000", "http://[::1]:9000"),
    ],
)
def test_an_origin_is_as_browsers_send_it(written: str, sent: str) -> None:
    policy = policy_of(load_settings({"LAWQA_EMBED_ORIGINS": written, "LAWQA_PUBLIC_URL": f"{written.rstrip('/')}/a"}))
    assert policy.origins == (sent,)
    assert policy.public_origin == sent
    assert policy.frame_ancestors.isascii()
    assert all(h.isascii() for h in policy.hosts)


def test_international_host_names() -> None:
    policy = policy_of(load_settings({"LAWQA_ALLOWED_HOSTS": "门户.intra,Lawqa.intra"}))
    assert policy.hosts == {"xn--zoup46i.intra", "lawqa.intra"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("LAWQA_PUBLIC_URL", "http://["),
        ("LAWQA_PUBLIC_URL", "https://lawqa.intra:99999/x"),
        ("LAWQA_EMBED_ORIGINS", "http://["),
        ("LAWQA_EMBED_ORIGINS", "https://straße.intra"),  # Python would make another name of it than browsers do
        ("LAWQA_EMBED_ORIGINS", f"https://{'门' * 70}.intra"),
        ("LAWQA_EMBED_ORIGINS", "https://a.intra;script-src"),
        ("LAWQA_ALLOWED_HOSTS", "门户..intra"),
    ],
)
def test_an_address_that_is_none_is_said_at_start(
    key: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(key, value)
    assert main(["serve", "--port", "8159"]) == 2
    error = capsys.readouterr().err
    assert key in error
    assert f"“{value}”" in error
    assert ("punycode" in error) != value.isascii()


def test_peers() -> None:
    policy = policy_of(load_settings({"LAWQA_PROXY_PEERS": "10.1.0.0/16,192.0.2.7"}))
    assert policy.trusts("10.1.200.3")
    assert policy.trusts("::ffff:192.0.2.7")
    assert not policy.trusts("10.2.0.1")
    assert not policy.trusts(None)
    assert not policy.trusts("10.1.0.1, 8.8.8.8")
