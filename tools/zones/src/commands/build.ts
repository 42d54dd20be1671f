import type { Manifest } from '@sax/release'
import Table from 'cli-table3'
import { BuildError } from '../build/build-error.ts'
import type { Outcome } from '../outcome.ts'
import { plainTable } from '../report/plain-table.ts'

export interface BuildPorts {
  readonly build: () => Promise<{ readonly folder: string; readonly manifest: Manifest }>
  /** Path for people. */
  readonly shown: (folder: string) => string
}

/** Builds a release and says what is in it. */
export async function build({ json }: { readonly json: boolean }, ports: BuildPorts): Promise<Outcome> {
  try {
    const { folder, manifest } = await ports.build()
    return {
      kind: 'done',
      text: json ? JSON.stringify({ folder, manifest }, null, 2) : described(ports.shown(folder), manifest),
    }
  } catch (error) {
    if (!(error instanceof BuildError)) throw error
    const kind = error.code === 'folder' ? 'bad-input' : 'failed'
    return { kind, text: '', reason: error.message }
  }
}

function described(folder: string, manifest: Manifest): string {
  const { release, digest, functions, assets, migrations, privateFiles, committed, outputs } = manifest
  const table = new Table({ ...plainTable, head: ['function', 'packed', 'unpacked', 'files'] })
  for (const { role, bytes, unzippedBytes, files } of functions) {
    table.push([role, kilobytes(bytes), kilobytes(unzippedBytes), String(files)])
  }
  const left = outputs.filter(({ went, files }) => went === 'left out' && files > 0)
  return [
    `${release}, digest ${digest.slice(0, 12)}, in ${folder}`,
    '',
    table.toString(),
    '',
    `${assets.length} files for browsers, ${kilobytes(assets.reduce((sum, { bytes }) => sum + bytes, 0))}`,
    `${migrations.length} migrations, ${privateFiles.length} source maps kept private`,
    ...left.map(({ what, files, because }) => `left out: ${what}, ${files} files: ${because}`),
    ...(committed ? [] : ['', 'Sources were changed since the commit: only the digest says what this was built from.']),
  ].join('\n')
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024).toLocaleString('en-GB')} kB`
}
