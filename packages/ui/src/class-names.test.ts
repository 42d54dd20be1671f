import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { twMerge } from 'tailwind-merge'
import { expect, test } from 'vitest'
import { cn } from './class-names.ts'

const root = join(import.meta.dirname, '../../..')

/** All words of string literals that may be classes, by what stands before them: `hover:`, `sm:` or nothing. */
function classesOfTheSources(): ReadonlyMap<string, readonly string[]> {
  const files = globSync(['packages/ui/src/*.{ts,tsx}', 'apps/{outreach,sleepconnect}/src/**/*.tsx'], {
    cwd: root,
    exclude: ['**/class-groups.ts'],
  })
  const words = new Set<string>()
  for (const file of files) {
    for (const [, single = '', double = '', back = ''] of readFileSync(join(root, file), 'utf8').matchAll(
      /'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`/g,
    )) {
      for (const word of (single + double + back).split(/\s+/))
        if (/^[@a-z[*!-][^\s'"`${}]{0,90}$/.test(word) && isClass(word)) words.add(word)
    }
  }
  return Map.groupBy([...words], (word) => /^(.*:)?/.exec(word.replace(/\[.*?\]$/, ''))?.[0] ?? '')
}

/** A corner of the screen, in the words of the notices' library. */
const noClass = new Set(['bottom-right'])

/** A class is one that at least one of the two knows: said twice, it stays once. */
function isClass(word: string): boolean {
  if (noClass.has(word)) return false
  const twice = `${word} ${word}`
  return twMerge(twice) === word || cn(twice) === word
}

test('of two classes that set the same thing the later one stays', () => {
  expect(cn('h-8 px-2', 'h-9')).toBe('px-2 h-9')
  expect(cn('text-sm text-danger', 'text-xs')).toBe('text-danger text-xs')
  expect(cn('border border-b', 'border-danger')).toBe('border border-b border-danger')
  expect(cn('hover:bg-muted', 'bg-card')).toBe('hover:bg-muted bg-card')
})

test('any two classes of the sources are merged as by the whole of tailwind-merge', () => {
  const differences: string[] = []
  let pairs = 0
  for (const words of classesOfTheSources().values()) {
    for (const one of words) {
      for (const other of words) {
        if (one === other) continue
        pairs += 1
        const both = `${one} ${other}`
        if (cn(both) !== twMerge(both)) differences.push(both)
      }
    }
  }
  expect(differences).toEqual([])
  // The sources were found.
  expect(pairs).toBeGreaterThan(100_000)
})
