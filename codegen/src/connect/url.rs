//! Connection strings of the form `postgresql://user:password@host:port/database?keyword=value`.
//!
//! PostgreSQL documentation, "Connection URIs". A password with `@` or `/` that nobody escaped moves the borders of the
//! parts, so no fault shows text of the URL where it could be a piece of one.

use super::keyword::keyword;

type Pairs = Vec<(&'static str, String)>;

/// What stands behind `postgresql://` or `postgres://`.
pub(super) fn after_scheme(text: &str) -> Option<&str> {
    text.strip_prefix("postgresql://").or_else(|| text.strip_prefix("postgres://"))
}

/// The keywords that the parts of a URL stand for, and those of its query.
pub(super) fn parse(rest: &str) -> Result<Pairs, String> {
    let (user_info, rest) = user_info(rest);
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (hosts, database) = place.split_once('/').unwrap_or((place, ""));
    if place.contains('@') {
        return Err("the URL has an `@` too many; in a user name or password write `@` as %40 and `/` as %2F, \
                    and in a database name `@` as %40"
            .to_owned());
    }
    let mut pairs = Pairs::new();
    if let Some(user_info) = user_info {
        add_user(user_info, &mut pairs)?;
    }
    add_hosts(hosts, &mut pairs)?;
    add("dbname", database, &mut pairs)?;
    for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
        add_parameter(parameter, !query.contains('@'), &mut pairs)?;
    }
    Ok(pairs)
}

/// Parts off what stands before the first `@`, if that comes before the first `/`.
fn user_info(rest: &str) -> (Option<&str>, &str) {
    match rest.find(['@', '/']) {
        Some(at) if rest[at..].starts_with('@') => (Some(&rest[..at]), &rest[at + 1..]),
        _ => (None, rest),
    }
}

fn add_user(user_info: &str, pairs: &mut Pairs) -> Result<(), String> {
    let (user, password) = user_info.split_once(':').unwrap_or((user_info, ""));
    add("user", user, pairs)?;
    add("password", password, pairs)
}

fn add_hosts(hosts: &str, pairs: &mut Pairs) -> Result<(), String> {
    let hosts: Vec<(&str, &str)> = hosts.split(',').map(host_and_port).collect::<Result<_, _>>()?;
    let names: Vec<&str> = hosts.iter().map(|(name, _)| *name).collect();
    let ports: Vec<&str> = hosts.iter().map(|(_, port)| *port).collect();
    let written = ports.iter().any(|port| !port.is_empty());
    // One host without a name leaves the host to the surroundings, but several are written, if empty.
    add("host", &names.join(","), pairs)?;
    if written { add("port", &ports.join(","), pairs) } else { Ok(()) }
}

/// The host without the brackets of IPv6, and the port.
fn host_and_port(host: &str) -> Result<(&str, &str), String> {
    let Some(bracketed) = host.strip_prefix('[') else {
        return Ok(host.split_once(':').unwrap_or((host, "")));
    };
    let unclosed = "the address of a host begins with `[` and has no `]`; IPv6 is written as [::1]:5432";
    let (address, rest) = bracketed.split_once(']').ok_or(unclosed)?;
    match rest.strip_prefix(':') {
        Some(port) => Ok((address, port)),
        None if rest.is_empty() => Ok((address, "")),
        None => Err("after the `]` of a host's address comes `:` and the port, or `/`".to_owned()),
    }
}

/// Adds a parameter of the query; its name is shown in faults only where it can't be a piece of a password.
fn add_parameter(parameter: &str, may_be_named: bool, pairs: &mut Pairs) -> Result<(), String> {
    let unnamed = "a parameter of the URL".to_owned();
    let Some((name, value)) = parameter.split_once('=') else {
        return Err(format!("{unnamed} has no `=`"));
    };
    let name = decode(name)?;
    if name == "ssl" && value == "true" {
        // As JDBC writes it.
        return add("sslmode", "require", pairs);
    }
    let shown = if may_be_named { format!("`{name}`") } else { unnamed };
    let known = keyword(&name).ok_or_else(|| format!("{shown} is no keyword of a connection string"))?;
    // A parameter overrides the part of the URL that says the same.
    pairs.retain(|(name, _)| *name != known.name);
    pairs.push((known.name, decode(value)?));
    Ok(())
}

fn add(name: &'static str, encoded: &str, pairs: &mut Pairs) -> Result<(), String> {
    if !encoded.is_empty() {
        pairs.push((name, decode(encoded)?));
    }
    Ok(())
}

/// Resolves `%xx`; a `+` stays one.
fn decode(encoded: &str) -> Result<String, String> {
    let bad = || "the URL has a `%` that is followed by no two hexadecimal digits; write `%` itself as %25".to_owned();
    let mut bytes = Vec::new();
    let mut parts = encoded.split('%');
    bytes.extend(parts.next().unwrap_or_default().bytes());
    for part in parts {
        let digits = part.get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        bytes.push(digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).ok_or_else(bad)?);
        bytes.extend(part[2..].bytes());
    }
    if bytes.contains(&0) {
        return Err("the URL has a %00, which no value may hold".to_owned());
    }
    String::from_utf8(bytes).map_err(|_| "the URL has a `%xx` that makes no UTF-8".to_owned())
}
