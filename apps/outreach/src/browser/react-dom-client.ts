import { type ComponentChild, type ContainerNode, h, render } from 'preact'
import { useState } from 'preact/hooks'

interface Root {
  readonly render: (page: ComponentChild) => void
}

/**
 * Takes over the page that the server drew, for Next's client: it stands in the place of `react-dom/client`. Preact's own
 * `hydrate` believes every attribute; the server draws with React, which makes up other ids, and a label would point to
 * nothing. This goes through the attributes once. The elements stay the same, with whatever has the focus among them.
 *
 * Pages that come later are shown below the same root: Preact numbers ids from there, and a root that is drawn anew
 * begins again with the first, which the frame has.
 */
export function hydrateRoot(container: ContainerNode, first: ComponentChild): Root {
  let show: Root['render'] = () => undefined
  const onShow = (shows: Root['render']) => {
    show = shows
  }
  render(h(Pages, { first, onShow }), container)
  return { render: (page) => show(page) }
}

interface PagesProps {
  readonly first: ComponentChild
  /** Told how to show another page. */
  readonly onShow: (show: Root['render']) => void
}

function Pages({ first, onShow }: PagesProps) {
  const [page, setPage] = useState(first)
  onShow(setPage)
  return page
}

// biome-ignore lint/style/noDefaultExport: Next's client asks the default for what it needs
export default { hydrateRoot }
