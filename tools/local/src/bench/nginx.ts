import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** True when this machine has nginx. It is the yardstick only; nothing of the site needs it. */
export function hasNginx(): boolean {
  return spawnSync('nginx', ['-v']).status === 0
}

export interface NginxPlace {
  /** Folder for its configuration, cache and temporary files. */
  readonly scratch: string
  readonly port: number
  /** Where it gets its answers from, `http://127.0.0.1:<port>`. */
  readonly upstream: string
}

/** nginx with one worker before the same origin: `/cached/` is kept, everything else is passed on. */
export function startNginx({ scratch, port, upstream }: NginxPlace, pinned: readonly string[]): ChildProcess {
  mkdirSync(join(scratch, 'nginx'), { recursive: true })
  const configuration = join(scratch, 'nginx', 'nginx.conf')
  writeFileSync(configuration, configurationOf({ scratch: join(scratch, 'nginx'), port, upstream }))
  const [command = 'nginx', ...args] = [
    ...pinned,
    'nginx',
    '-e',
    'stderr',
    '-p',
    join(scratch, 'nginx'),
    '-c',
    configuration,
  ]
  return spawn(command, args, { stdio: 'ignore' })
}

function configurationOf({ scratch, port, upstream }: NginxPlace): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  // A worker of root's would otherwise run as somebody who may not write here.
  const user = process.getuid?.() === 0 ? 'user root;\n' : ''
  return `${user}daemon off;
worker_processes 1;
pid ${scratch}/nginx.pid;
error_log stderr error;
events { worker_connections 512; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${scratch}/${name};`).join('\n  ')}
  proxy_cache_path ${scratch}/cache keys_zone=yardstick:10m max_size=64m;
  upstream origin { server ${upstream.replace('http://', '')}; keepalive 16; }
  server {
    listen 127.0.0.1:${port};
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    location /cached/ { proxy_pass http://origin; proxy_cache yardstick; }
    location / { proxy_pass http://origin; }
  }
}
`
}
