import { type ClassValue, clsx } from 'clsx'
import { twMerge } from 'tailwind-merge'

/** Class names joined; of two Tailwind classes that set the same property, the later one stays. */
export function cn(...values: readonly ClassValue[]): string {
  return twMerge(clsx(values))
}
