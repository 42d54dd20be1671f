import { notFound } from 'next/navigation'

/** Unknown addresses get their answer inside the shell, with the menu at hand. */
export default function Missing() {
  notFound()
}
