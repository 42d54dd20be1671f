import { type RefObject, useRef, useState } from 'react'

/**
 * Where the focus goes when a dialog opens and closes. Opening: to the element marked `data-autofocus`, else to the
 * first control. Closing: back to where the person was, also when no trigger opened the dialog, or a menu did that is gone.
 */
export function useReturnFocus() {
  const cameFrom = useRef<HTMLElement>(undefined)
  const handlers = {
    onOpenAutoFocus(event: Event) {
      cameFrom.current ??= origin()
      const first = (event.target as HTMLElement).querySelector<HTMLElement>('[data-autofocus]')
      if (!first) return
      event.preventDefault()
      first.focus()
    },
    onCloseAutoFocus(event: Event) {
      const back = cameFrom.current
      cameFrom.current = undefined
      if (!back?.isConnected) return
      event.preventDefault()
      back.focus()
    },
  }
  return { cameFrom, handlers }
}

/**
 * To be put into the dialog: notes where the person is as it is drawn first. By the time the dialog takes the focus, the
 * menu that opened it may be gone with what had it.
 */
export function NotesOrigin({ into }: { readonly into: RefObject<HTMLElement | undefined> }) {
  useState(() => {
    into.current = origin()
  })
  return null
}

function origin(): HTMLElement | undefined {
  const active = document.activeElement
  if (!(active instanceof HTMLElement) || active === document.body) return undefined
  const menuTriggerId = active.closest('[role=menu]')?.getAttribute('aria-labelledby')
  return (menuTriggerId && document.getElementById(menuTriggerId)) || active
}
