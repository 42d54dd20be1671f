/** Of a dialog's `onInteractOutside`. */
type InteractOutsideEvent = Pick<Event, 'target' | 'preventDefault'>

/**
 * Keeps a dialog open while one uses what was opened from inside it, a list of choices for example: in the document that
 * is drawn outside of it. Radix itself knows by events that rise through components, and with Preact they do not.
 */
export function staysForLayersAbove(event: InteractOutsideEvent): void {
  const { target } = event
  if (target instanceof Element && target.closest('[data-radix-popper-content-wrapper]') !== null)
    event.preventDefault()
}
