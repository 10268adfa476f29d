"""The law of `pull`, case by case; started by the script `pulled` beside it, which says what it shows."""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

import psycopg

import oracle
import pgcase

CODEGEN, CORPORA, PAIRS = (os.environ[name] for name in ("CODEGEN", "CORPORA", "PAIRS"))


# Passwords of user mappings and subscriptions are never pulled, which the oracle sees.
SECRET = {"pairs/foreign_servers.before", "pairs/subscriptions.before"}


class Broken(Exception):
    """The law does not hold, and why."""


def read(path):
    return open(path, encoding="utf-8").read()


def cases():
    """Name, roles, and the texts that make the origin."""
    about = json.loads(read(f"{CORPORA}/schemas/schemas.json"))
    for path in sorted(glob.glob(f"{CORPORA}/schemas/*.sql")):
        name = os.path.basename(path)[:-4]
        if about.get(name, {}).get("loads") is not False:
            yield f"schemas/{name}", about.get(name, {}).get("roles", []), [read(path)]
    for path in sorted(glob.glob(f"{CORPORA}/histories/*/manifest.json")):
        folder = os.path.dirname(path)
        manifest = json.loads(read(path))
        steps = [read(f"{folder}/{step['up']}") for step in manifest["steps"] if step["loads"]]
        yield f"histories/{os.path.basename(folder)}", manifest["roles"], [manifest["prelude"] or "", *steps]
    for folder in sorted(glob.glob(f"{PAIRS}/*/")):
        name = os.path.basename(folder[:-1])
        sides = {side: read(f"{folder}{side}.sql") for side in ("before", "after")}
        roles = re.match(r"-- roles: (.*)", sides["before"])
        for side, text in sides.items():
            yield f"pairs/{name}.{side}", roles.group(1).split(", ") if roles else [], [text]


def url(database):
    return f"postgresql://postgres@{os.environ['PGHOST']}:{os.environ['PGPORT']}/{database}"


def codegen(folder, *arguments, expect=0):
    done = subprocess.run([CODEGEN, *arguments], cwd=folder, capture_output=True, text=True, timeout=120)
    if done.returncode != expect:
        raise Broken(f"codegen {arguments[0]} exits with {done.returncode}: {(done.stderr or done.stdout).strip()[-1500:]}")
    return done.stdout


def snapshot(database):
    return oracle.snapshot(f"dbname={database}", strict=False, owner=True, acl=True, comments=True)


def written(folder):
    """The declaration's files, by path."""
    paths = glob.glob(f"{folder}/schema/src/**/*", recursive=True)
    return {os.path.relpath(path, folder): read(path) for path in paths if os.path.isfile(path)}


def compile_it(folder):
    shutil.copy(os.environ["LOCK"], f"{folder}/Cargo.lock")
    environment = {**os.environ, "CARGO_TARGET_DIR": f"{os.path.dirname(CODEGEN)}/../pulled"}
    done = subprocess.run(["cargo", "check", "--offline", "--quiet"], cwd=folder, capture_output=True, text=True, env=environment)
    if done.returncode or "warning" in done.stderr:
        raise Broken(f"does not compile cleanly: {done.stderr[:1500]}")


def law(name, folder):
    # The name of a project is that of its folder.
    first, second = f"{folder}/first/project", f"{folder}/second/project"
    os.makedirs(first), os.makedirs(second)
    codegen(first, "pull", url("pulled_origin"))
    pgcase.create("pulled_built")
    codegen(first, "diff", "--from", url("pulled_built"), "--to", "declared", "--up", "build.sql")
    pgcase.apply("pulled_built", read(f"{first}/build.sql"), timeout=60, bodies=True)
    codegen(first, "diff", "--from", url("pulled_origin"), "--to", url("pulled_built"))
    codegen(first, "diff", "--from", url("pulled_built"), "--to", url("pulled_origin"))
    facts = oracle.compare(snapshot("pulled_origin"), snapshot("pulled_built"))
    if facts and name not in SECRET:
        raise Broken("the oracle sees another database:\n" + "\n".join(map(str, facts[:8])))
    codegen(second, "pull", url("pulled_built"))
    files, again = written(first), written(second)
    changed = sorted(path for path in files.keys() | again.keys() if files.get(path) != again.get(path))
    if changed:
        raise Broken(f"pulling again writes something else into {changed[:8]}")
    if re.search(os.environ.get("COMPILE") or "(?!)", name):
        compile_it(first)
    return files


def main(patterns):
    held, failed, foreign = 0, [], []
    for name, roles, texts in cases():
        if patterns and not any(pattern in name for pattern in patterns):
            continue
        start = time.time()
        with tempfile.TemporaryDirectory() as folder:
            try:
                pgcase.load("pulled_origin", texts, roles)
            except (psycopg.Error, pgcase.Unsafe) as error:
                foreign.append(name)
                print(f"skips {name}: this server does not take it: {error}", flush=True)
                continue
            try:
                files = law(name, folder)
                held += 1
                raw = sum(path.endswith(".sql") for path in files)
                print(f"holds {name}: {len(files)} files, {raw} of them SQL, {time.time() - start:.1f} s", flush=True)
            except (Broken, psycopg.Error, pgcase.Unsafe, subprocess.TimeoutExpired) as error:
                failed.append(name)
                print(f"FAILS {name}: {error}", flush=True)
            if os.environ.get("KEEP") and os.path.exists(f"{folder}/first/project"):
                shutil.copytree(folder, os.path.join(os.environ["KEEP"], name), dirs_exist_ok=True)
        for database in ("pulled_origin", "pulled_built"):
            pgcase.drop(database)
    print(f"not for this server: {', '.join(foreign) or 'none'}")
    print(f"the law holds for {held} of {held + len(failed)}; it does not for: {', '.join(failed) or 'none'}")
    return 1 if failed or not held else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
