import type { ListQuestion } from './list-question.ts'

/** Names of cached answers. Everything about conversations lies below one name. */
export const keys = {
  conversations: ['conversations'] as const,
  lists: ['conversations', 'list'] as const,
  list: (question: ListQuestion) => ['conversations', 'list', question] as const,
  screens: ['conversations', 'one'] as const,
  screen: (id: string) => ['conversations', 'one', id] as const,
}
