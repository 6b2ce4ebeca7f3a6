import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A service of the outside world on loopback, under its own name. */
export interface Outside {
  /** What a server is started with to meet it: the proxy on its way out, and whom it trusts. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/**
 * Answers for `host` in its stead. A program that goes out through a proxy, as
 * in many companies, meets the answers here without being told another address;
 * whatever else it asks for is refused, so that nothing leaves the machine.
 */
export async function standInFor(host: string, answer: RequestListener): Promise<Outside> {
  const folder = await mkdtemp(join(tmpdir(), 'meguri-outside-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${host}`],
    ...['-addext', `subjectAltName=DNS:${host}`, '-keyout', key, '-out', cert],
  ]);
  const service = createSecureServer({ key: await readFile(key), cert: await readFile(cert) }, answer);
  const proxy = createServer((_, refusal) => refusal.writeHead(403).end());
  proxy.on('connect', ({ url }, socket) => {
    socket.on('error', () => socket.destroy()); // whoever asked has gone
    if (url !== `${host}:443`) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    service.emit('connection', socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return {
    environment: { HTTPS_PROXY: address, HTTP_PROXY: address, NO_PROXY: '', https_proxy: '', http_proxy: '', no_proxy: '', SSL_CERT_FILE: cert },
    stop: async () => {
      service.closeAllConnections();
      proxy.closeAllConnections();
      proxy.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A program of a partner, on loopback. */
export interface Listening {
  url: string;
  stop(): Promise<void>;
}

/** Answers requests as a partner's program does, under an address of its own. */
export async function listening(answer: RequestListener): Promise<Listening> {
  const program = createServer(answer);
  await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(program.address() as AddressInfo).port}`,
    stop: async () => {
      program.closeAllConnections();
      await new Promise<void>((resolve) => program.close(() => resolve()));
    },
  };
}
