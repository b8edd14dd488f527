import { readFile, rm, writeFile } from "node:fs/promises";

const claimed = new Set<string>();

/**
 * Claims a folder for this process, as two engines, or two runtimes with objects, on one folder spoil it, and resolves with what gives it back. Rejects
 * where a process that runs has it; what a process that died left behind is taken over.
 */
export async function claim(folder: string): Promise<() => Promise<void>> {
  const file = `${folder}.lock`;
  if (!(await create(file))) {
    const owner = Number(await readFile(file, "utf8").catch(() => ""));
    if (claimed.has(file) || (owner !== process.pid && isRunning(owner))) {
      throw new Error(
        `${folder} is in use by process ${owner}. Stop it first; if that is something else entirely, remove ${file}.`,
      );
    }
    await rm(file, { force: true });
    if (!(await create(file))) throw new Error(`${folder} has just been taken by another process`);
  }
  claimed.add(file);
  return async () => {
    claimed.delete(file);
    await rm(file, { force: true });
  };
}

async function create(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, as somebody else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
