// What eng/native/prepare promises, with a stand-in for the recipe that takes no minute to compile.
import assert from "node:assert/strict";
import { cpSync, existsSync, readdirSync } from "node:fs";
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

const native = (name, body) => test(`natives: ${name}`, async () => {
  const scratch = new Scratch();
  try {
    cpSync(join(repository, "eng/native/prepare"), scratch.path("checkout/eng/native/prepare"));
    scratch.write("checkout/eng/native/librdkafka.sh", recipe, 0o755);
    scratch.write("version", "1\n");
    await body(scratch);
  } finally {
    scratch.dispose();
  }
});

const prepare = (scratch, options) => scratch.start(scratch.path("checkout/eng/native/prepare"), [], options);
const builds = (scratch) => lines(scratch.read("native-builds")).length;

function installed(scratch) {
  const folder = scratch.path("checkout/.kstock/native");
  const platform = existsSync(folder) ? readdirSync(folder).find((name) => /-(x64|arm64)$/.test(name)) : undefined;
  return platform === undefined ? "" : scratch.read(`checkout/.kstock/native/${platform}/librdkafka.so`);
}

native("built once, with licences and a word about what is off; the second call does nothing", async (scratch) => {
  const { code, stdout, stderr } = await prepare(scratch).ended;
  assert.equal(code, 0, stderr);
  assert.equal(stdout, "");
  assert.equal(stderr, "kstock: librdkafka has no tls: where you need it, apt-get install libssl-dev, then eng/native/prepare\n");
  assert.equal((await prepare(scratch).ended).stderr, "");
  assert.equal(builds(scratch), 1);
  assert.equal(installed(scratch), "1\n");
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
