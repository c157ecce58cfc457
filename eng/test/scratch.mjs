// A scratch checkout with the real launcher and a stand-in for dotnet that notes how it was called. The stand-in says in
// `started` that it builds, and where `hold` exists it builds until `hold` is gone: no test has to sleep.
import { spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

const deadlineMs = 20_000;

const standInForDotnet = `#!/usr/bin/env bash
cd "$(dirname "$0")/.."
case "$1" in
    --list-sdks) echo "10.0.100 [/somewhere]" ;;
    restore) exit 1 ;;
    build)
        echo "$*" >>builds
        touch started
        while [[ -e hold ]]; do sleep 0.02; done
        if [[ -e broken ]]; then echo "Program.cs(1,1): error CS1002: ; expected"; exit 1; fi
        mkdir -p checkout/src/Cli/bin/Release/net10.0 && touch checkout/src/Cli/bin/Release/net10.0/kstock.dll ;;
    test) name=\${2##*Kafka.Stock.}; cp results/"\${name%.dll}.trx" checkout/.kstock/test/ 2>/dev/null; exit "$(<results/exit)" ;;
    *.dll) echo "$$ ran: \${*:2}"; exit 7 ;;
esac
`;

export class Scratch {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "kstock-test-"));
    this.checkout = join(this.folder, "checkout");
    this.write("bin/dotnet", standInForDotnet, 0o755);
    this.write("checkout/src/Cli/Cli.csproj", "<Project />");
    this.write("checkout/src/Cli/Program.cs", "old");
    this.write("checkout/eng/native/prepare", "#!/bin/sh\n", 0o755);
    cpSync(join(repository, "kstock"), join(this.checkout, "kstock"));
    mkdirSync(join(this.checkout, "eng/test"));
    for (const file of ["run", "summary.mjs"]) cpSync(join(repository, "eng/test", file), join(this.checkout, "eng/test", file));
  }

  path(relative) { return join(this.folder, relative); }

  write(relative, text, mode = 0o644) {
    mkdirSync(dirname(this.path(relative)), { recursive: true });
    writeFileSync(this.path(relative), text);
    chmodSync(this.path(relative), mode);
  }

  read(relative) { return existsSync(this.path(relative)) ? readFileSync(this.path(relative), "utf8") : ""; }

  remove(relative) { rmSync(this.path(relative), { recursive: true, force: true }); }

  /** How often dotnet build was called, and with what. */
  get builds() { return this.read("builds").split("\n").filter(Boolean); }

  /** A folder of the commands named and nothing else, to be used as the whole path. */
  onlyCommands(...names) {
    const folder = mkdtempSync(join(this.folder, "path-"));
    for (const name of names) {
      const found = process.env.PATH.split(":").map((entry) => join(entry, name)).find(existsSync);
      if (found !== undefined) symlinkSync(found, join(folder, name));
    }
    return folder;
  }

  start(command, args = [], { path, ...options } = {}) {
    const child = spawn(command, args, {
      cwd: this.folder,
      detached: true, // its own process group, so that a signal ends it with all that it started
      ...options,
      env: { HOME: this.folder, PATH: path ?? `${this.path("bin")}:${process.env.PATH}`, ...options.env },
    });
    const result = { stdout: "", stderr: "" };
    child.stdout.on("data", (data) => (result.stdout += data));
    child.stderr.on("data", (data) => (result.stderr += data));
    child.ended = new Promise((resolve) => child.on("close", (code, signal) => resolve({ ...result, code, signal, pid: child.pid })));
    child.output = result;
    return child;
  }

  kstock(args = [], options = {}) { return this.start(join(this.checkout, "kstock"), args, options); }

  run(args = [], options = {}) { return this.kstock(args, options).ended; }

  dispose() { rmSync(this.folder, { recursive: true, force: true }); }
}

/** Waits until something is so, and fails if it isn't in good time. */
export async function until(what, isSo) {
  const end = Date.now() + deadlineMs;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`waited ${deadlineMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export const lines = (text) => text.split("\n").filter(Boolean);
export const leftovers = (folder) => (existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith("tmp.")) : []);
