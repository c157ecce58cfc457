// What ./kstock promises, tried on a scratch checkout with a stand-in for dotnet.
import assert from "node:assert/strict";
import { renameSync, symlinkSync, utimesSync } from "node:fs";
import test from "node:test";
import { Scratch, lines, until } from "./scratch.mjs";

const launcher = (name, body) => test(`launcher: ${name}`, async () => {
  const scratch = new Scratch();
  try {
    await body(scratch);
  } finally {
    scratch.dispose();
  }
});

launcher("the first call builds and then becomes the program; standard output is the program's alone", async (scratch) => {
  const { stdout, stderr, code, pid } = await scratch.run(["demo", "--fast", "a b"]);
  assert.equal(stdout, `${pid} ran: demo --fast a b\n`, "the program must be the launcher's own process: signals reach it");
  assert.equal(code, 7, "the exit code is the program's");
  assert.equal(lines(stderr).length, 1);
  assert.match(stderr, /^kstock: building \(the first time takes about .*\n$/);
});

launcher("nothing has changed: no build and not a word", async (scratch) => {
  await scratch.run();
  const { stderr } = await scratch.run();
  assert.equal(stderr, "");
  assert.equal(scratch.builds.length, 1);
});

for (const [change, make] of [
  ["changed", (scratch) => scratch.write("checkout/src/Cli/Program.cs", "newer")],
  ["added", (scratch) => scratch.write("checkout/schemas/tick.avsc", "{}")],
  ["deleted", (scratch) => scratch.remove("checkout/src/Cli/Program.cs")],
  ["moved", (scratch) => renameSync(scratch.path("checkout/src/Cli/Program.cs"), scratch.path("checkout/src/Cli/Main.cs"))],
  ["put back to an older one", (scratch) => utimesSync(scratch.path("checkout/src/Cli/Program.cs"), 1_000_000_000, 1_000_000_000)],
]) {
  launcher(`a file is ${change}: one more build, and no third`, async (scratch) => {
    await scratch.run();
    make(scratch);
    await scratch.run();
    await scratch.run();
    assert.equal(scratch.builds.length, 2);
  });
}

launcher("what a build leaves in bin and obj is no change", async (scratch) => {
  await scratch.run();
  scratch.write("checkout/src/Cli/obj/project.assets.json", "{}");
  await scratch.run();
  assert.equal(scratch.builds.length, 1);
});

launcher("a program that was cleaned away is built again", async (scratch) => {
  await scratch.run();
  scratch.remove("checkout/src/Cli/bin");
  assert.equal((await scratch.run()).code, 7);
  assert.equal(scratch.builds.length, 2);
});

launcher("works by a symbolic link, from another folder, in a folder with a space", async (scratch) => {
  renameSync(scratch.checkout, scratch.path("check out"));
  symlinkSync("check out", scratch.checkout);
  symlinkSync("../checkout/kstock", scratch.path("bin/kstock"));
  const { stdout, code } = await scratch.start("kstock", ["x"], { cwd: "/" }).ended;
  assert.match(stdout, /ran: x/);
  assert.equal(code, 7);
});

launcher("two at once: one builds, the other waits, both run", async (scratch) => {
  scratch.write("hold", "");
  const first = scratch.kstock(["one"]);
  await until("the first builds", () => scratch.builds.length === 1);
  const second = scratch.kstock(["two"]);
  await until("the second waits", () => /another kstock is building/.test(second.output.stderr));
  scratch.remove("hold");
  assert.match((await first.ended).stdout, /ran: one/);
  assert.match((await second.ended).stdout, /ran: two/);
  assert.equal(scratch.builds.length, 1);
});

launcher("killed while building: the next call builds from nothing, the one after it not at all", async (scratch) => {
  scratch.write("hold", "");
  const killed = scratch.kstock();
  await until("it builds", () => scratch.builds.length === 1);
  process.kill(-killed.pid, "SIGKILL");
  await killed.ended;
  scratch.remove("hold");
  assert.equal((await scratch.run()).code, 7);
  await scratch.run();
  assert.equal(scratch.builds.length, 2);
  assert.doesNotMatch(scratch.builds[0], /--no-incremental/);
  assert.match(scratch.builds[1], /--no-incremental/, "a half-written assembly is newer than its sources");
});

launcher("Ctrl-C while building: says so, and the next call builds from nothing", async (scratch) => {
  scratch.write("hold", "");
  const interrupted = scratch.kstock();
  await until("it builds", () => scratch.builds.length === 1);
  process.kill(-interrupted.pid, "SIGINT");
  scratch.remove("hold");
  const { code, stdout, stderr } = await interrupted.ended;
  assert.equal(code, 130);
  assert.match(stderr, /interrupted; the next call finishes the build/);
  assert.equal(stdout, "");
  await scratch.run();
  assert.match(scratch.builds[1], /--no-incremental/);
});

launcher("a build that fails: its error, exit code 1, the old program doesn't run; mended, it goes on", async (scratch) => {
  await scratch.run();
  scratch.write("checkout/src/Cli/Program.cs", "newer");
  scratch.write("broken", "");
  const { stdout, stderr, code } = await scratch.run();
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.match(stderr, /error CS1002: ; expected/);
  scratch.remove("broken");
  assert.equal((await scratch.run()).code, 7);
  assert.equal(scratch.builds.length, 3);
  assert.doesNotMatch(scratch.builds[2], /--no-incremental/, "a compiler that ended by itself left nothing half-written");
});

const basics = ["bash", "env", "find", "sort", "grep", "mkdir", "rm", "mv", "tail", "cat", "sed", "readlink", "dirname", "touch", "sleep"];

launcher("no .NET: one line with the command that mends it, exit code 2", async (scratch) => {
  const { stdout, stderr, code } = await scratch.run([], { path: scratch.onlyCommands(...basics, "flock") });
  assert.equal(code, 2);
  assert.equal(stdout, "");
  assert.equal(lines(stderr).length, 1);
  assert.match(stderr, /a \.NET 10 SDK is missing: curl .*--channel 10\.0/);
});

launcher("only an older .NET: the same line", async (scratch) => {
  scratch.write("bin/dotnet", "#!/bin/sh\necho '8.0.100 [/somewhere]'\n", 0o755);
  const { stderr, code } = await scratch.run();
  assert.equal(code, 2);
  assert.match(stderr, /a \.NET 10 SDK is missing/);
});

launcher("a .NET where its installer puts it, but not on the path, is found", async (scratch) => {
  renameSync(scratch.path("bin"), scratch.path(".dotnet"));
  assert.equal((await scratch.run([], { path: scratch.onlyCommands(...basics, "flock") })).code, 7);
});

launcher("natives that can't be prepared: their line and their exit code, and no build", async (scratch) => {
  scratch.write("checkout/eng/native/prepare", "#!/bin/sh\necho 'kstock: missing: make' >&2\nexit 2\n", 0o755);
  const { stderr, code } = await scratch.run();
  assert.equal(code, 2);
  assert.match(stderr, /kstock: missing: make/);
  assert.equal(scratch.builds.length, 0);
});
