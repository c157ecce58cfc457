// What eng/native/prepare promises, with a stand-in for the recipe that takes no minute to compile.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { Scratch, leftovers, lines, repository, until } from "./scratch.mjs";

const recipe = `#!/usr/bin/env bash
set -eu
cd "$(dirname "$0")/../../.."
case $1 in
    recipe) cat version ;;
    could-have) [[ -e headers ]] ;;
    build)
        echo "$3" >>native-builds
        echo half >"$2/librdkafka.so"
        while [[ -e hold ]]; do sleep 0.02; done
        cat version >"$2/librdkafka.so"
        echo terms >"$2/librdkafka.LICENSES.txt"
        echo "source here" >"$2/about"
        [[ -e headers ]] || echo "off tls libssl-dev" >>"$2/about" ;;
esac
`;

// The other library, which is there at once and never changes.
const otherRecipe = `#!/usr/bin/env bash
set -eu
case $1 in
    recipe) echo 1 ;;
    could-have) exit 1 ;;
    build)
        echo duck >"$2/libduckdb.so"
        echo terms >"$2/libduckdb.LICENSES.txt"
        echo "source here" >"$2/about" ;;
esac
`;

const native = (name, body) => test(`natives: ${name}`, async () => {
  const scratch = new Scratch();
  try {
    cpSync(join(repository, "eng/native/prepare"), scratch.path("checkout/eng/native/prepare"));
    scratch.write("checkout/eng/native/librdkafka.sh", recipe, 0o755);
    scratch.write("checkout/eng/native/libduckdb.sh", otherRecipe, 0o755);
    scratch.write("version", "1\n");
    await body(scratch);
  } finally {
    scratch.dispose();
  }
});

const prepare = (scratch, options) => scratch.start(scratch.path("checkout/eng/native/prepare"), [], options);
const builds = (scratch) => lines(scratch.read("native-builds")).length;

function installed(scratch, library = "librdkafka.so") {
  const folder = scratch.path("checkout/.kstock/native");
  const platform = existsSync(folder) ? readdirSync(folder).find((name) => /-(x64|arm64)$/.test(name)) : undefined;
  return platform === undefined ? "" : scratch.read(`checkout/.kstock/native/${platform}/${library}`);
}

native("built once, with licences and a word about what is off; the second call does nothing", async (scratch) => {
  const { code, stdout, stderr } = await prepare(scratch).ended;
  assert.equal(code, 0, stderr);
  assert.equal(stdout, "");
  assert.equal(stderr, "kstock: librdkafka has no tls: where you need it, apt-get install libssl-dev, then eng/native/prepare\n");
  assert.equal((await prepare(scratch).ended).stderr, "");
  assert.equal(builds(scratch), 1);
  assert.equal(installed(scratch), "1\n");
  assert.equal(installed(scratch, "libduckdb.so"), "duck\n");
  assert.equal(installed(scratch, "libduckdb.LICENSES.txt"), "terms\n");
});

native("two at once: one builds, the other waits", async (scratch) => {
  scratch.write("hold", "");
  const first = prepare(scratch);
  await until("the first builds", () => builds(scratch) === 1);
  const second = prepare(scratch);
  await until("the second waits", () => /waiting for it/.test(second.output.stderr));
  scratch.remove("hold");
  assert.equal((await first.ended).code, 0);
  assert.equal((await second.ended).code, 0);
  assert.equal(builds(scratch), 1);
});

native("killed half-way: nothing is in place, the next call builds and clears up", async (scratch) => {
  scratch.write("hold", "");
  const killed = prepare(scratch);
  await until("it builds", () => builds(scratch) === 1);
  process.kill(-killed.pid, "SIGKILL");
  await killed.ended;
  assert.equal(installed(scratch), "");
  assert.equal(leftovers(scratch.path("checkout/.kstock/native")).length, 1);
  scratch.remove("hold");
  assert.equal((await prepare(scratch).ended).code, 0);
  assert.equal(installed(scratch), "1\n");
  assert.deepEqual(leftovers(scratch.path("checkout/.kstock/native")), []);
});

native("another version or flag is another build", async (scratch) => {
  await prepare(scratch).ended;
  scratch.write("version", "2\n");
  await prepare(scratch).ended;
  assert.equal(installed(scratch), "2\n");
});

native("built without TLS, it is built again once the headers are there", async (scratch) => {
  await prepare(scratch).ended;
  scratch.write("headers", "");
  assert.equal((await prepare(scratch).ended).stderr, "");
  assert.equal(builds(scratch), 2);
});

native("a second checkout takes it from the user's cache, unless told not to", async (scratch) => {
  await prepare(scratch).ended;
  scratch.remove("checkout/.kstock");
  await prepare(scratch).ended;
  assert.equal(builds(scratch), 1);
  assert.equal(installed(scratch), "1\n");
  scratch.remove("checkout/.kstock");
  await prepare(scratch, { env: { KSTOCK_NO_CACHE: "1" } }).ended;
  assert.equal(builds(scratch), 2);
});

native("a file that isn't what was built is not used, in the cache or in place", async (scratch) => {
  await prepare(scratch).ended;
  const cache = readdirSync(scratch.path(".cache/kstock/native"), { recursive: true }).find((name) => name.endsWith("librdkafka.so"));
  scratch.write(`.cache/kstock/native/${cache}`, "torn");
  scratch.remove("checkout/.kstock");
  await prepare(scratch).ended;
  assert.equal(builds(scratch), 2);
  assert.equal(installed(scratch), "1\n");
});

native("no npm, compiler or make: one line that names them and the command that brings them, exit code 2", async (scratch) => {
  cpSync(join(repository, "eng/native/librdkafka.sh"), scratch.path("checkout/eng/native/librdkafka.sh"));
  const path = scratch.onlyCommands("bash", "env", "uname", "ldd", "grep", "sed", "cut", "cat", "mkdir", "mktemp", "rm", "flock", "dirname", "sha256sum");
  const { code, stdout, stderr } = await prepare(scratch, { path, env: { KSTOCK_NO_CACHE: "1" } }).ended;
  assert.equal(code, 2);
  assert.equal(stdout, "");
  assert.equal(lines(stderr).length, 1, stderr);
  assert.match(stderr, /npm.*C compiler.*make.*apt-get install npm gcc libc6-dev make/);
});

// The real script with a stand-in for npm, which packs what is in `package`.
const standInForNpm = `#!/usr/bin/env bash
cd "$(dirname "$0")/.."
echo "$*" >>npm-calls
[[ ! -e offline ]] || { echo "npm error code ENOTFOUND" >&2; exit 1; }
while [[ -e hold ]]; do sleep 0.02; done
cp duck.tgz "$OLDPWD/duck.tgz" && echo duck.tgz
`;

const duck = (name, body) => native(name, async (scratch) => {
  scratch.write("bin/npm", standInForNpm, 0o755);
  for (const suffix of ["so", "dylib"]) scratch.write(`package/libduckdb.${suffix}`, "duck of npm\n");
  scratch.write("package/LICENSE", "terms of npm\n");
  execFileSync("tar", ["-czf", "duck.tgz", "package"], { cwd: scratch.folder });
  const sum = createHash("sha256").update(readFileSync(scratch.path("duck.tgz"))).digest("hex");
  const script = readFileSync(join(repository, "eng/native/libduckdb.sh"), "utf8");
  scratch.write("checkout/eng/native/libduckdb.sh", script, 0o755);
  await body(scratch, () => scratch.write("checkout/eng/native/libduckdb.sh", script.replace(/\b[0-9a-f]{64}\b/g, sum), 0o755));
});

duck("DuckDB comes from the package for this platform, with its licence and its sum", async (scratch, trust) => {
  trust();
  const { code, stderr } = await prepare(scratch).ended;
  assert.equal(code, 0, stderr);
  assert.match(stderr, /fetching DuckDB \d+\.\d+\.\d+/);
  assert.match(scratch.read("npm-calls"), /^pack --silent --ignore-scripts @duckdb\/node-bindings-(linux|darwin)-(x64|arm64)(-musl)?@[\d.]+-r\.\d+\n$/);
  assert.equal(installed(scratch, "libduckdb.LICENSES.txt"), "terms of npm\n");
  assert.match(installed(scratch, "libduckdb.manifest"), /^source npm @duckdb.*\nsha256 .*LICENSES\.txt\nsha256 .*libduckdb/m);
  assert.equal((await prepare(scratch).ended).stderr, "");
  assert.equal(lines(scratch.read("npm-calls")).length, 1);
});

duck("an archive of another sum is refused, and both sums are said", async (scratch) => {
  const { code, stderr } = await prepare(scratch).ended;
  assert.equal(code, 2);
  assert.match(stderr, /@duckdb\/node-bindings-.*: found sha256 [0-9a-f]{64}; expected [0-9a-f]{64}\n$/);
  assert.equal(installed(scratch, "libduckdb.so"), "");
});

duck("killed while DuckDB is fetched: the next call fetches it", async (scratch, trust) => {
  trust();
  scratch.write("hold", "");
  scratch.write("checkout/eng/native/librdkafka.sh", recipe.replace("-e hold", "-e never"), 0o755);
  const killed = prepare(scratch);
  await until("npm is called", () => scratch.read("npm-calls") !== "");
  process.kill(-killed.pid, "SIGKILL");
  await killed.ended;
  assert.equal(installed(scratch), "1\n");
  assert.equal(installed(scratch, "libduckdb.so"), "");
  scratch.remove("hold");
  assert.equal((await prepare(scratch).ended).code, 0);
  assert.notEqual(installed(scratch, "libduckdb.manifest"), "");
  assert.equal(builds(scratch), 1);
  assert.deepEqual(leftovers(scratch.path("checkout/.kstock/native")), []);
});

duck("npm fails or isn't there: one line that says so, exit code 2", async (scratch, trust) => {
  trust();
  scratch.write("offline", "");
  const offline = await prepare(scratch).ended;
  assert.equal(offline.code, 2);
  assert.match(offline.stderr, /npm pack @duckdb\/node-bindings-.* failed: npm error code ENOTFOUND\n$/);
  const path = scratch.onlyCommands(
    "bash", "env", "uname", "ldd", "grep", "sed", "cut", "cat", "mkdir", "mktemp", "rm", "cp", "mv", "flock", "dirname", "sha256sum", "paste");
  const without = await prepare(scratch, { path }).ended;
  assert.equal(without.code, 2);
  assert.match(lines(without.stderr).at(-1), /npm.*apt-get install npm/);
});
