import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { compileFunction, constants } from 'node:vm'

/**
 * What a CommonJS file exports; undefined: it is none. Node would decide by the nearest package.json, and a folder
 * without one of its own may stand inside a package of the other kind.
 */
export function commonJsExports(path: string): unknown {
  if (!/\.c?js$/.test(path)) return undefined
  const source = readFileSync(path, 'utf8')
  if (!/\bmodule\.exports\b/.test(source) || /^\s*(?:import\b[^(]|export\b)/m.test(source)) return undefined
  const module = { exports: {} as unknown }
  const run = compileFunction(source, ['module', 'exports', 'require', '__filename', '__dirname'], {
    filename: path,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
  run(module, module.exports, createRequire(path), path, dirname(path))
  return module.exports
}
