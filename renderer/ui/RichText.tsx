import { Code } from '@mantine/core'
import { createElement, Fragment } from 'react'

/** Our messages mark names and code by backticks. Text of items and answers never goes through here. */
export function RichText({ text }: { readonly text: string }) {
  // Every second part stood between backticks. As children of their own they need no keys: they never change places.
  const parts = text.split('`').map((part, index) => (index % 2 === 1 ? createElement(Code, null, part) : part))
  return createElement(Fragment, null, ...parts)
}
