import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { build, type Plugin } from 'esbuild'

const ENTRY = 'server/next-server.js'
const ONE = 'in-one-file.js'
/** Other people's packages, and runtimes that are one file each already. */
const STAYS = /^compiled\//
/** Looks for something beside itself. */
const PLACED = /\b__(dirname|filename)\b|\brequire\.resolve\(/

/**
 * Makes one file of Next's server in a function's folder: it is hundreds of small ones, each to be found, read and
 * compiled before the first answer. A module is still run once, when it is first asked for: where something else asks
 * for one by its path, a file stays there that hands it on. All the others go.
 */
export async function nextInOneFile(functionFolder: string): Promise<void> {
  const dist = join(functionFolder, 'node_modules', 'next', 'dist')
  const bundle = async (modules: readonly string[]) => {
    const found = modules.map((path) => `${JSON.stringify(path)}: () => require(${JSON.stringify(`./${path}`)})`)
    const { outputFiles, metafile } = await build({
      stdin: { contents: `module.exports = {${found.join(',\n')}}`, resolveDir: dist, sourcefile: 'modules.js' },
      outfile: join(dist, ONE),
      absWorkingDir: dist,
      write: false,
      bundle: true,
      format: 'cjs',
      platform: 'node',
      target: 'node24',
      define: { 'process.env.NODE_ENV': '"production"' },
      // Names stay as they are: they stand in logs, and Next tells some of its errors by them.
      minifyWhitespace: true,
      legalComments: 'none',
      sourcemap: 'external',
      sourcesContent: false,
      metafile: true,
      logLevel: 'silent',
      plugins: [withinNext(dist)],
    })
    return { outputFiles, inside: Object.keys(metafile.inputs).filter((path) => path !== 'modules.js') }
  }
  const { inside } = await bundle([ENTRY])
  const asked = askedFor(functionFolder, dist, new Set(inside))
  const { outputFiles } = await bundle(asked)
  for (const path of inside) {
    if (!asked.includes(path)) {
      rmSync(join(dist, path))
      continue
    }
    const one = relative(dirname(path), ONE).split(sep).join('/')
    writeFileSync(join(dist, path), `module.exports=require("./${one}")[${JSON.stringify(path)}]()\n`)
  }
  for (const { path, contents } of outputFiles) writeFileSync(path, contents)
}

/** Takes in what lies in Next's own folder, as far as it may be moved; everything else is asked for where it was. */
function withinNext(dist: string): Plugin {
  const movable = (path: string | undefined): path is string =>
    path?.endsWith('.js') === true && !STAYS.test(named(dist, path)) && !PLACED.test(readFileSync(path, 'utf8'))
  return {
    name: 'within-next',
    setup: ({ onResolve }) => {
      onResolve({ filter: /.*/ }, ({ path, resolveDir }) => {
        const file = fileOf(path, resolveDir, dist)
        if (movable(file)) return { path: file }
        return { path: file === undefined ? path : `./${named(dist, file)}`, external: true }
      })
    },
  }
}

/** Modules among `inside` that some file outside of them names, and the server itself. */
function askedFor(functionFolder: string, dist: string, inside: ReadonlySet<string>): readonly string[] {
  const asked = new Set([ENTRY])
  for (const file of codeBelow(functionFolder)) {
    if (file.startsWith(dist + sep) && inside.has(named(dist, file))) continue
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/["'`]((?:\.{1,2}|next\/dist)\/[^"'`\s]+)["'`]/g)) {
      const found = fileOf(path, dirname(file), dist)
      if (found !== undefined && inside.has(named(dist, found))) asked.add(named(dist, found))
    }
  }
  return [...asked].toSorted()
}

/** A file of Next's folder as Node finds it; undefined for one that lies elsewhere or is not there. */
function fileOf(path: string, from: string, dist: string): string | undefined {
  const at = path.startsWith('.') ? resolve(from, path) : resolve(dist, '../..', path)
  if (!(path.startsWith('.') || path.startsWith('next/dist/')) || !at.startsWith(dist + sep)) return undefined
  return [at, `${at}.js`, `${at}.json`, join(at, 'index.js')].find((one) => /\.js(on)?$/.test(one) && existsSync(one))
}

function codeBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?js$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

const named = (dist: string, path: string) => relative(dist, path).split(sep).join('/')
