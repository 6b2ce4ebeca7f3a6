import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const binary = fileURLToPath(new URL('../../bin/meguri', import.meta.url));
const startMs = 180_000; // the whole demo merchant takes a while
const stopMs = 20_000;

/** A running meguri with a data folder of its own. */
export interface Server {
  url: string;
  email: string;
  password: string;
  /** Starts a second node on the same data, which leaves background work to the first; it stops with it. */
  beside(): Promise<string>;
  /** Runs another command of the program beside it and answers what it prints. */
  run(...command: string[]): Promise<string>;
  /** Stops the server and removes its data. */
  stop(): Promise<void>;
}

/** Starts the built program on a free port and an empty data folder; rejects with its log when it does not become ready. */
export async function startServer(environment: Record<string, string> = {}): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'meguri-e2e-'));
  const nodes: ChildProcess[] = [];
  const stop = async () => {
    await Promise.all(nodes.map(ended));
    // The supervisor of the embedded Postgres leaves a moment after the program.
    await rm(folder, { recursive: true, force: true, maxRetries: 40, retryDelay: 250 });
  };
  const node = (...options: string[]) => startNode({ MEGURI_DATA_DIR: folder, ...environment }, options, nodes);
  try {
    const url = await node();
    const [email = '', password = ''] = (await readFile(join(folder, 'sign-in.txt'), 'utf8')).trim().split(/\s+/);
    const env = { ...process.env, DATABASE_URL: '', MEGURI_DATA_DIR: folder, ...environment };
    const run = async (...command: string[]) => (await promisify(execFile)(binary, command, { env })).stdout.trim();
    return { url, email, password, beside: () => node('--workers=0'), run, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

/** Starts one process, adds it to nodes, and answers its address once it is ready. */
async function startNode(environment: Record<string, string>, options: string[], nodes: ChildProcess[]): Promise<string> {
  const addr = `127.0.0.1:${await freePort()}`;
  const url = `http://${addr}`;
  const child = spawn(binary, ['serve', ...options], {
    env: {
      ...process.env,
      DATABASE_URL: '',
      MEGURI_ADDR: addr,
      MEGURI_PUBLIC_URL: url,
      MEGURI_SMTP_URL: '',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  nodes.push(child);
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  try {
    await until(startMs, async () => {
      if (child.exitCode !== null) throw new Error(`meguri ended with ${child.exitCode}`);
      return (await fetch(`${url}/readyz`)).ok;
    });
    return url;
  } catch (cause) {
    throw new Error(`meguri did not start:\n${log}`, { cause });
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  if (typeof address !== 'object' || !address) throw new Error('no free port');
  return address.port;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
  await gone;
  clearTimeout(timer);
}

/** Asks again and again until the answer is yes; a connection that is refused meanwhile is a no. */
export async function until(withinMs: number, ask: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + withinMs;
  for (;;) {
    const yes = await ask().catch((cause: unknown) => {
      if (cause instanceof TypeError) return false; // fetch could not connect
      throw cause;
    });
    if (yes) return;
    if (Date.now() > end) throw new Error(`not within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
