import { useRef } from 'react'

/**
 * Where the focus goes when a dialog opens and closes. Opening: to the element marked `data-autofocus`, else to the
 * first control. Closing: back to where the person was, also when no trigger opened the dialog, or a menu did that is gone.
 */
export function useReturnFocus() {
  const cameFrom = useRef<HTMLElement>(undefined)
  return {
    onOpenAutoFocus(event: Event) {
      cameFrom.current = origin()
      const first = (event.target as HTMLElement).querySelector<HTMLElement>('[data-autofocus]')
      if (!first) return
      event.preventDefault()
      first.focus()
    },
    onCloseAutoFocus(event: Event) {
      if (!cameFrom.current?.isConnected) return
      event.preventDefault()
      cameFrom.current.focus()
    },
  }
}

function origin(): HTMLElement | undefined {
  const active = document.activeElement
  if (!(active instanceof HTMLElement) || active === document.body) return undefined
  const menuTriggerId = active.closest('[role=menu]')?.getAttribute('aria-labelledby')
  return (menuTriggerId && document.getElementById(menuTriggerId)) || active
}
