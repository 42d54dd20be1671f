// Runs in the browser; the server takes the types out. It keeps the phones up to date and sends without a reload.

const POLL_MS = 1000

interface News {
  readonly version: number
  readonly others: string
  readonly phones: readonly {
    readonly phone: string
    readonly stopped: string
    readonly bubbles: readonly { readonly id: number; readonly html: string }[]
  }[]
}

let version = Number(document.body.dataset.version)
let timer: ReturnType<typeof setTimeout> | undefined

const cards = [...document.querySelectorAll<HTMLElement>('.phone')]
for (const card of cards) {
  const form = card.querySelector('form')
  const screen = card.querySelector<HTMLElement>('.screen')
  if (form === null || screen === null) continue
  let isAtEnd = true
  const toEnd = () => {
    if (isAtEnd) screen.scrollTop = screen.scrollHeight
  }
  toEnd()
  screen.addEventListener('scroll', () => {
    isAtEnd = screen.scrollHeight - screen.scrollTop - screen.clientHeight < 40
  })
  // A picture gets its height when it is there; the event does not bubble.
  screen.addEventListener('load', toEnd, true)
  new MutationObserver(toEnd).observe(screen, { childList: true })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void send(form, event.submitter)
  })
  form.querySelector('textarea')?.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    form.requestSubmit()
  })
}
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void look()
})
void look()

async function send(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  const problem = form.querySelector('.problem')
  const text = form.querySelector('textarea')
  const picture = form.querySelector<HTMLInputElement>('input[type=file]')
  const isKeyword = button instanceof HTMLButtonElement && button.value !== ''
  const body = new FormData(form, button instanceof HTMLButtonElement ? button : undefined)
  const words = await fetch(form.action, { method: 'POST', body, headers: { accept: 'application/json' } }).then(
    async (answer) => (answer.ok ? '' : await answer.text()),
    () => 'The simulator does not answer. What you wrote is still here.',
  )
  if (problem) problem.textContent = words
  if (words !== '') return
  // A keyword is sent instead of what is being written.
  if (!isKeyword && text && picture) {
    text.value = ''
    picture.value = ''
  }
  await look()
}

async function look(): Promise<void> {
  clearTimeout(timer)
  try {
    const query = new URLSearchParams(cards.map((card) => ['phone', card.dataset.phone ?? '']))
    if (cards.length === 0) query.set('phone', '')
    query.set('after', String(version))
    const answer = await fetch(`/live?${query}`)
    if (answer.status === 200) show(await answer.json())
  } catch {
    // The simulator is being started again; the next look finds it.
  }
  clearTimeout(timer)
  if (!document.hidden) timer = setTimeout(() => void look(), POLL_MS)
}

function show(news: News): void {
  version = news.version
  const others = document.querySelector('[data-others]')
  if (others && others.innerHTML !== news.others) others.innerHTML = news.others
  for (const { phone, stopped, bubbles } of news.phones) {
    const card = cards.find((one) => one.dataset.phone === phone)
    const screen = card?.querySelector('.screen')
    const note = card?.querySelector('[data-stopped]')
    if (!screen || !note) continue
    note.textContent = stopped
    const wanted = new Set(bubbles.map(({ id }) => String(id)))
    for (const old of screen.querySelectorAll<HTMLElement>('[data-bubble]')) {
      if (!wanted.has(old.dataset.bubble ?? '')) old.remove()
    }
    // Only what is new is put in: a screen reader hears it once, and nothing jumps.
    for (const { id, html } of bubbles) {
      if (screen.querySelector(`[data-bubble="${id}"]`) === null) screen.insertAdjacentHTML('beforeend', html)
    }
  }
}
