import type { StageEntry } from './entry.ts'

/** Stages that are filled in for one common purpose, to be changed to one's own. */
export const TEMPLATES: readonly StageEntry[] = [
  {
    id: 'extract',
    group: 'Templates',
    title: 'Extract fields',
    hint: 'Facts out of a text, as named fields',
    words: 'structured json schema facts information entities',
    isTemplate: true,
    stages: (reference) => ({
      extract: {
        kind: 'model',
        tier: 'local',
        instructions:
          'You extract facts from a text. Take them from the text only, word for word where you can.\nLeave a field empty where the text does not say it; never guess.\n',
        prompt: `${reference}\n`,
        output: {
          type: 'object',
          required: ['title', 'people', 'date'],
          properties: {
            title: { type: 'string', description: 'What the text is about, in at most ten words.' },
            people: { type: 'array', items: { type: 'string' }, description: 'Names of the persons mentioned.' },
            date: {
              type: 'string',
              description: 'The date the text is about, as it is written; empty if there is none.',
            },
          },
        },
      },
    }),
  },
  {
    id: 'classify',
    group: 'Templates',
    title: 'Classify',
    hint: 'One of your categories, with a reason',
    words: 'label category sort route triage tag sentiment',
    isTemplate: true,
    stages: (reference) => ({
      classify: {
        kind: 'model',
        tier: 'local',
        instructions:
          'You sort a text into exactly one category.\nJudge by what its writer needs, not by single words. Take `other` only where nothing else fits.\n',
        prompt: `${reference}\n`,
        output: {
          type: 'object',
          required: ['category', 'reason'],
          properties: {
            category: { type: 'string', enum: ['question', 'complaint', 'praise', 'other'] },
            reason: { type: 'string', description: 'One sentence: what in the text decided it.' },
          },
        },
      },
    }),
  },
  {
    id: 'summarise',
    group: 'Templates',
    title: 'Summarise',
    hint: 'The gist and its key points',
    words: 'summary summarize shorten abstract digest',
    isTemplate: true,
    stages: (reference) => ({
      summarise: {
        kind: 'model',
        tier: 'standard',
        instructions:
          'You summarise a text for a reader who has one minute.\nKeep names, numbers and decisions; leave out courtesies and repetition. Add nothing of your own.\n',
        prompt: `Summarise this text:\n\n${reference}\n`,
        output: {
          type: 'object',
          required: ['summary', 'points'],
          properties: {
            summary: { type: 'string', description: 'Two or three sentences.' },
            points: {
              type: 'array',
              items: { type: 'string' },
              description: 'Three to five key points, most important first.',
            },
          },
        },
      },
    }),
  },
  {
    id: 'reply',
    group: 'Templates',
    title: 'Draft a reply',
    hint: 'An answer ready to be checked and sent',
    words: 'answer email respond write support letter',
    isTemplate: true,
    stages: (reference) => ({
      reply: {
        kind: 'model',
        tier: 'standard',
        instructions:
          'You draft replies that a person will check before they are sent.\nAnswer what was asked in the language of the message, politely and briefly. Promise nothing that the message does not support;\nwhere a fact is missing, write [to be filled in].\n',
        prompt: `Write a reply to this message:\n\n${reference}\n`,
        maxTokens: 800,
      },
    }),
  },
  {
    id: 'sections',
    group: 'Templates',
    title: 'Summarise sections',
    hint: 'Cuts a long text, reads each part, sums up the whole',
    words: 'summary summarize long document map reduce chunk split book report pdf',
    isTemplate: true,
    stages: (reference) => ({
      sections: { kind: 'chunk', text: reference, by: 'tokens', size: 2000, overlap: 100 },
      read: {
        kind: 'map',
        over: '{{ sections }}',
        as: 'section',
        stages: {
          gist: {
            kind: 'model',
            tier: 'local',
            instructions: 'You sum up one part of a longer text. Keep names, numbers and decisions; add nothing.\n',
            prompt: 'Part {{ section.index + 1 }}:\n\n{{ section.text }}\n',
          },
        },
        output: '{{ gist }}',
      },
      overview: {
        kind: 'model',
        tier: 'standard',
        instructions: 'You write one summary from the summaries of the parts of a text, in the order of the text.\n',
        prompt: 'These are the parts, in order:\n\n{{ $join(read, "\\n\\n") }}\n',
      },
    }),
  },
  {
    id: 'digest',
    group: 'Templates',
    title: 'Digest of ten',
    hint: 'Groups of ten items, one report for each',
    words: 'group batch gather aggregate collect report summary reduce themes',
    isTemplate: true,
    stages: (reference) => ({
      tens: { kind: 'gather', size: 10, value: reference },
      digest: {
        kind: 'model',
        tier: 'standard',
        instructions: 'You read several texts and write one digest of them: what they share, and what stands out.\n',
        prompt: 'These are {{ $count(items) }} texts:\n\n{{ $join($map(items, $string), "\\n\\n---\\n\\n") }}\n',
        output: {
          type: 'object',
          required: ['digest', 'themes'],
          properties: {
            digest: { type: 'string', description: 'Five sentences at the most.' },
            themes: { type: 'array', items: { type: 'string' }, description: 'Three to five, most frequent first.' },
          },
        },
      },
    }),
  },
  {
    id: 'label',
    group: 'Templates',
    title: 'Label, ten a call',
    hint: 'Short items share calls, each gets its own answer',
    words: 'pack batch cheap classify tag category label many save tokens',
    isTemplate: true,
    stages: (reference) => ({
      label: {
        kind: 'model',
        tier: 'local',
        instructions: 'You give a short text one label.\n',
        prompt: `${reference}\n`,
        output: {
          type: 'object',
          required: ['label'],
          properties: { label: { type: 'string', enum: ['positive', 'neutral', 'negative'] } },
        },
        escalate: 'standard',
        pack: { size: 10 },
      },
    }),
  },
]
