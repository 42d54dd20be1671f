/**
 * Words of a small classifier, English and Spanish, without accents. One that ends in * stands for every word that begins
 * like it; several words stand for themselves in this order. Short on purpose: each can be argued about.
 */
export const POSITIVE: readonly string[] = [
  ...['thank*', 'thx', 'great', 'good', 'better', 'best', 'love*', 'happy', 'glad', 'helpful', 'perfect', 'awesome'],
  ...['wonderful', 'appreciate*', 'excellent', 'works', 'comfortable', 'rested'],
  ...['gracias', 'excelente', 'perfecto', 'mejor', 'feliz', 'contento', 'contenta', 'genial', 'amable'],
]

export const NEGATIVE: readonly string[] = [
  ...['bad', 'worse', 'worst', 'terribl*', 'awful', 'horrible', 'angry', 'upset', 'frustrat*', 'annoy*', 'useless'],
  ...['unacceptable', 'ridiculous', 'disappoint*', 'complain*', 'hate*', 'broken', 'leak*', 'pain*', 'hurt*', 'sick'],
  ...['tired of', 'fed up', 'nobody answers', 'no one answers', 'wrong', 'problem*', 'unhappy', 'worried', 'scared'],
  ...[
    'malo',
    'mala',
    'peor',
    'terrible',
    'enojad*',
    'molest*',
    'frustrad*',
    'dolor',
    'duele',
    'roto',
    'rota',
    'queja*',
  ],
]

export const URGENT: readonly string[] = [
  ...['emergency', 'urgent*', 'asap', 'right away', 'immediately', '911', 'ambulance', 'hospital'],
  ...['cannot breathe', "can't breathe", 'cant breathe', 'trouble breathing', 'short of breath', 'stopped breathing'],
  ...['chest pain', 'bleeding', 'passed out', 'fainted', 'unconscious', 'heart attack', 'stroke', 'overdose'],
  ...['kill myself', 'suicid*', 'want to die', 'allergic reaction'],
  ...['emergencia', 'urgente', 'no puedo respirar', 'dolor de pecho', 'sangrando', 'ambulancia', 'me desmaye'],
]

/** What turns the words after it around. */
export const NEGATORS: ReadonlySet<string> = new Set([
  ...['not', 'no', 'never', 'nothing', 'without', "isn't", "wasn't", "don't", "doesn't", "didn't", "aren't", "won't"],
  ...["can't", 'cannot', "haven't", 'isnt', 'wasnt', 'dont', 'doesnt', 'didnt', 'hardly', 'nunca', 'sin', 'tampoco'],
])
