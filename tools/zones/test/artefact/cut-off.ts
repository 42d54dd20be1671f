import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const preload = fileURLToPath(new URL('../offline/loopback-only.mjs', import.meta.url))

/** A network of one machine, in which there is nobody but the machine itself. @source unshare(1), network_namespaces(7) */
const ALONE = ['unshare', '--map-root-user', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh']

/** True where the system can take the network away from a program and all that it starts, native code included. */
export function canBeAlone(): boolean {
  const [program = '', ...args] = [...ALONE, 'true']
  return spawnSync(program, args).status === 0
}

/**
 * What to put a program under so that it reaches nobody but itself: every Node process of it writes down what it wants
 * in `noted` and gets nothing; native code is led to a proxy that is not there, and where the system can do it, has no
 * network at all.
 */
export function cutOff(noted: string): readonly string[] {
  const nobody = 'http://127.0.0.1:9'
  return [
    ...(canBeAlone() ? ALONE : []),
    'env',
    `NODE_OPTIONS=--import ${preload}`,
    `NOTED_CONNECTIONS=${noted}`,
    ...['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].map((name) => `${name}=${nobody}`),
  ]
}
