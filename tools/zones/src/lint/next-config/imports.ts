import { existsSync, statSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

const ENDINGS = ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js'] as const

/**
 * Resolves imports as Next's own loader does: endings may be left out, and `next` is there. A folder that was checked
 * out but not installed still has no other package.
 */
export function resolveLikeNext(): void {
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context)
      } catch (error) {
        const found = /^\.{0,2}\//.test(specifier) ? withEnding(specifier, context.parentURL) : ownNext(specifier)
        if (found === undefined) throw error
        return { url: found, shortCircuit: true }
      }
    },
    load(url, context, next) {
      const loaded = next(url, context)
      if (!url.startsWith('file:') || !/\.m?ts$/.test(url) || loaded.source === undefined) return loaded
      // Types need no `import type` in Next; Node would look for values of these names.
      const source = String(loaded.source).replace(/import\s*\{[^}]*\}\s*from\s*(['"])next\1;?/g, '')
      return { ...loaded, source }
    },
  })
}

function withEnding(specifier: string, parent: string | undefined): string | undefined {
  const base = fileURLToPath(new URL(specifier, parent))
  const found = ENDINGS.map((ending) => base + ending).find((path) => existsSync(path) && statSync(path).isFile())
  return found === undefined ? undefined : pathToFileURL(found).href
}

function ownNext(specifier: string): string | undefined {
  if (!/^next(?:\/|$)/.test(specifier)) return undefined
  const { resolve } = createRequire(import.meta.url)
  for (const name of [specifier, `${specifier}.js`]) {
    try {
      return pathToFileURL(resolve(name)).href
    } catch {
      // The other spelling, or nothing.
    }
  }
  return undefined
}
