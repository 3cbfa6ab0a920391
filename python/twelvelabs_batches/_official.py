"""Settings of a client that the user has already: the vendor's, one of httpx, or ours."""

from __future__ import annotations

import enum
import sys
import typing
import warnings

from .environment import TwelveLabsEnvironment
from .errors import ValidationError

Settings = typing.Dict[str, typing.Any]

# The vendor's SDK has a way to set no limit; here it is the longest.
_NO_LIMIT = 10 * 365 * 24 * 3600.0

# Set for every request by this client, as by the vendor's.
_OWN_HEADERS = frozenset({"user-agent", "x-api-key"})
_FRAMING = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
_INSTEAD = {"proxies": "proxy", "verify": "ca_bundle"}


def _refuse(path: str, told: str) -> ValidationError:
    return ValidationError(f"{path}: {told}", path=path)


def address_of(environment: object) -> typing.Optional[str]:
    """The address that an environment stands for; nothing for the default one."""
    if environment is None or environment is TwelveLabsEnvironment.DEFAULT:
        return None
    address = environment.value if isinstance(environment, enum.Enum) else environment
    if not isinstance(address, str):
        kind = type(address).__name__
        raise _refuse(
            "environment", f"a TwelveLabsEnvironment or an address as a str is expected, not {kind}"
        )
    # The vendor's own member for the default says no more than ours.
    is_default = isinstance(environment, enum.Enum) and address == TwelveLabsEnvironment.DEFAULT.value
    return None if is_default else address


def _limit(seconds: typing.Optional[float]) -> float:
    return _NO_LIMIT if seconds is None else seconds


def _merge(*layers: typing.Mapping[str, typing.Any]) -> typing.Dict[str, typing.Any]:
    """Headers, the later ones over those of the same name whatever their case."""
    merged: typing.Dict[str, typing.Tuple[str, typing.Any]] = {}
    for layer in layers:
        for name, value in layer.items():
            if value is not None:
                merged[name.lower()] = (name, value)
    merged.pop("x-api-key", None)
    return dict(merged.values())


class HttpSettings(typing.NamedTuple):
    """What is taken over of an httpx client, and the names of what cannot be."""

    timeout: float
    headers: typing.Dict[str, str]
    unused: typing.List[str]


def read_http_client(client: typing.Any) -> HttpSettings:
    """Looks into an httpx client."""
    try:
        read, headers = client.timeout.read, list(client.headers.items())
    except (AttributeError, TypeError):
        kind = type(client).__name__
        raise _refuse("httpx_client", f"an httpx.Client is expected, not {kind}") from None
    plain = _plain_like(client)
    defaults = dict(plain.headers.items()) if plain is not None else {}
    own = {
        name: value
        for name, value in headers
        if defaults.get(name) != value and name.lower() not in _OWN_HEADERS
    }
    framing = [name for name in own if name.lower() in _FRAMING]
    unused = [f"header {name!r}" for name in framing if plain is not None]
    taken = {name: value for name, value in own.items() if name not in framing}
    return HttpSettings(_limit(read), taken, unused + _find_unused(client, plain))


def _plain_like(client: typing.Any) -> typing.Any:
    """A client of the same kind without any settings, to compare with."""
    httpx = sys.modules.get("httpx")
    for kind in (getattr(httpx, "Client", None), getattr(httpx, "AsyncClient", None)):
        if kind is not None and isinstance(client, kind):
            return kind(trust_env=client.trust_env)
    return None


def _find_unused(client: typing.Any, plain: typing.Any) -> typing.List[str]:
    if plain is None:
        return [f"class {type(client).__name__}"]
    found = {
        "auth": client.auth is not None,
        "cookies": bool(client.cookies),
        "params": bool(client.params),
        "event_hooks": any(client.event_hooks.values()),
        "trust_env": not client.trust_env,
        "transport": _transport(client) != _transport(plain),
        "verify": _trust(client) != _trust(plain),
    }
    mounts, usual = _mounts(client), _mounts(plain)
    others = {pattern: mount for pattern, mount in mounts.items() if usual.get(pattern) != mount}
    found["proxies"] = any(proxy is not None for _, proxy in others.values())
    found["mounts"] = any(proxy is None for _, proxy in others.values())
    return [name for name, is_found in found.items() if is_found]


def _transport(client: typing.Any) -> typing.Any:
    transport = getattr(client, "_transport", None)
    pool = getattr(transport, "_pool", None)
    return (type(transport), getattr(pool, "_uds", None), getattr(pool, "_local_address", None))


def _trust(client: typing.Any) -> typing.Any:
    """Which certificates are accepted, as far as it can be seen."""
    context = getattr(getattr(getattr(client, "_transport", None), "_pool", None), "_ssl_context", None)
    if context is None:
        return None
    return (context.verify_mode, context.check_hostname, context.cert_store_stats())


def _mounts(client: typing.Any) -> typing.Dict[str, typing.Tuple[type, typing.Optional[str]]]:
    found = {}
    for pattern, transport in (getattr(client, "_mounts", None) or {}).items():
        proxy = getattr(getattr(transport, "_pool", None), "_proxy_url", None)
        found[str(pattern.pattern)] = (type(transport), None if proxy is None else str(proxy))
    return found


def warn_unused(unused: typing.Iterable[str], given: Settings, stacklevel: int) -> None:
    """Tells in one warning what was not taken over."""
    names = [name for name in unused if given.get(_INSTEAD.get(name, "")) is None]
    if names:
        listed = ", ".join(names[:-1]) + (" and " if names[1:] else "") + names[-1]
        warnings.warn(
            f"this client makes its own connections, so these settings of the httpx client are not used: "
            f"{listed}. Use `proxy=` for a proxy, `ca_bundle=` for certificates and `headers=` for headers",
            UserWarning,
            stacklevel=stacklevel + 1,
        )


def take_http_client(client: typing.Any, settings: Settings, stacklevel: int) -> Settings:
    """Settings with those of an httpx client beneath."""
    http = read_http_client(client)
    warn_unused(http.unused, settings, stacklevel + 1)
    headers = settings.get("headers")
    if headers is None:
        merged: typing.Any = http.headers
    else:
        # What is no mapping of texts is told by who reads headers.
        merged = _merge(http.headers, headers) if _is_plain(headers) else headers
    timeout = settings.get("timeout")
    return {**settings, "headers": merged, "timeout": http.timeout if timeout is None else timeout}


def _is_plain(headers: object) -> bool:
    return isinstance(headers, typing.Mapping) and all(isinstance(name, str) for name in headers)


def settings_of(official: typing.Any, overrides: Settings, stacklevel: int) -> Settings:
    """The settings of a client of the vendor's SDK, or of ours, with others over them."""
    overrides = {name: value for name, value in overrides.items() if value is not None}
    own = getattr(type(official), "_all_settings", None)
    if own is not None:
        return {**own(official), **overrides}
    wrapper = _find_wrapper(official)
    if wrapper is None:
        kind = type(official).__name__
        told = (
            f"a TwelveLabs or BatchesClient of the vendor's package, or of this one, is expected, not {kind}"
        )
        raise _refuse("official", told)
    settings: Settings = {}
    if "api_key" not in overrides:
        settings["api_key"] = _read_text(official, "api_key", lambda: wrapper.api_key)
    if "base_url" not in overrides:
        # There may be no such method at all.
        settings["base_url"] = _read_text(official, "base_url", lambda: wrapper.get_base_url())  # noqa: PLW0108
    if "headers" not in overrides or "timeout" not in overrides:
        settings.update(_read_rest(wrapper, overrides, stacklevel + 1))
    return {**settings, **overrides}


def _find_wrapper(official: object) -> typing.Any:
    """Where the vendor's clients keep their settings."""
    for owner in (official, getattr(official, "_raw_client", None)):
        wrapper = getattr(owner, "_client_wrapper", None)
        if wrapper is not None:
            return wrapper
    return None


def _read_text(official: object, name: str, read: typing.Callable[[], object]) -> str:
    try:
        value = read()
    except (AttributeError, TypeError):
        value = None
    if isinstance(value, str) and value.strip():
        return value
    kind = type(official).__name__
    raise _refuse("official", f"this {kind} has no `{name}` that can be taken over: pass it as `{name}=…`")


def _read_rest(wrapper: typing.Any, overrides: Settings, stacklevel: int) -> Settings:
    try:
        custom, timeout = wrapper.get_custom_headers(), wrapper.get_timeout()
    except (AttributeError, TypeError):
        told = "its headers and timeout cannot be taken over: pass them as `headers=…` and `timeout=…`"
        raise _refuse("official", told) from None
    http = getattr(getattr(wrapper, "httpx_client", None), "httpx_client", None)
    beneath: typing.Dict[str, str] = {}
    if http is not None:
        found = read_http_client(http)
        warn_unused(found.unused, overrides, stacklevel + 1)
        beneath = found.headers
    # What is no mapping of texts is told by who reads headers.
    headers = _merge(beneath, custom or {}) if _is_plain(custom or {}) else custom
    return {"headers": headers, "timeout": _limit(timeout)}
