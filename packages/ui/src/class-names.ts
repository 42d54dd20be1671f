import { type ClassValue, clsx } from 'clsx'
import { createTailwindMerge } from 'tailwind-merge'
import { classGroups, conflictingClassGroups } from './class-groups.ts'

const merge = createTailwindMerge(() => ({
  cacheSize: 500,
  theme: {},
  classGroups,
  conflictingClassGroups,
  conflictingClassGroupModifiers: { 'font-size': ['leading'] },
  orderSensitiveModifiers: ['*', '**', 'after', 'before', 'first-line', 'first-letter', 'placeholder', 'selection'],
}))

/** Class names joined; of two Tailwind classes that set the same property, the later one stays. */
export function cn(...values: readonly ClassValue[]): string {
  return merge(clsx(values))
}
