import { stem, wordsOf } from './words.ts'

/**
 * Words that people use for common ideas, in English, German and Spanish. Before the arrow: how a schema calls the idea;
 * behind it: how a text shows it. Phrases are separated by commas.
 */
const IDEAS = `
billing, invoice, payment, charge > invoice, bill, charge, charged, payment, pay, paid, refund, credit card, subscription, price, vat, receipt, debit, direct debit, overcharged, billed twice, renewal, discount, fee, credit note, credit it back, shouldn't have paid, money back, rechnung, abbuchung, abgebucht, zahlung, erstattung, factura, cobro, cobrado, pago, reembolso
bug, defect, error, technical, fault, problem > bug, error, crash, crashes, does not work, doesn't work, not working, stopped working, broken, fails, failed, freeze, frozen, blank screen, offline, disconnects, reboot, glitch, wrong reading, stuck, keeps, update broke, fehler, funktioniert nicht, absturz, kaputt, error code, loses connection, drops off, stopped, fault, failures, reset, amber, red, smell of burning, so hot, fix it, no funciona, fallo, se apaga
shipping, delivery, order, logistics > parcel, package, box, delivery, delivered, shipping, shipped, courier, tracking, arrived, arrive, wrong address, missing part, dispatch, warehouse, lieferung, paket, sendung, bestellung, envio, paquete, pedido, entrega
return, returns, refund > return, send back, refund, money back, replacement, exchange, warranty, zuruckgeben, rucksendung, erstattung, devolver, devolucion, reembolso
account, access, login > login, log in, sign in, password, account, locked out, locked for, does not work anymore, two factor, share the home, verification code, username, access, email address, delete my account, konto, anmelden, passwort, cuenta, contrasena, iniciar sesion
feature, feature request, suggestion, idea, request > feature, suggestion, suggest, would love, would be great, would be nice, would be so nice, it would be, wish, wishlist, idea, could you add, please add, support for, integration, vorschlag, wunsch, ware toll, sugerencia, seria genial, me gustaria
question, how to, howto, information, inquiry > how do i, how can i, is it possible, question, wondering, compatible, where can i, does it, can i, what is, what does, what would, which, quick one, is that one, before i buy, frage, kann ich, wie kann, pregunta, como puedo, es posible
praise, compliment, thanks, positive, satisfied, happy > great, excellent, love, wonderful, amazing, happy, thank you, perfect, fantastic, impressed, pleased, grateful, delighted, best, super, toll, danke, zufrieden, genial, encantado, gracias, perfecto
complaint, negative, angry, dissatisfied, unhappy, frustrated > angry, unacceptable, disappointed, terrible, awful, worst, frustrated, frustrating, ridiculous, furious, fed up, useless, waste, nobody answers, third time, still waiting, annoyed, enttauscht, argerlich, unverschamt, inaceptable, decepcionado, enfadado, harto
urgent, high, critical, immediate, emergency > urgent, urgently, asap, immediately, right now, emergency, as soon as possible, within the hour, hear from you today, phone me today, sent express, danger, dangerous, unsafe, smoke, burning, fire, freezing, no heating, freezing, minus, 13 grados, baby, deadline, outage, cannot work, elderly, baby, lawyer, legal action, dringend, sofort, notfall, urgente, inmediatamente, ya mismo
low, minor, trivial > no rush, no hurry, whenever, when you have time, minor, small thing, cosmetic, typo, suggestion, idea, just curious, just wanted to, nice to have, not urgent, keine eile, sin prisa
spam, advertisement, advertising, marketing, promotion > seo, unsubscribe, backlinks, limited offer, ranking, leads, promotion, click here, guest post, dear sir madam, business proposal, increase your
automatic, auto reply, out of office, autoresponder > out of office, automatic reply, autoreply, auto reply, do not reply, annual leave, limited access to email, abwesenheit, abwesend, fuera de la oficina, undeliverable, delivery status notification
note, notes, no reply > no need to reply, no reply needed, no answer needed, just a thank you, for your information
safety, hazard > smoke, burning, smell, fire, sparks, hot, overheating, melted, shock, danger, unsafe, alarm, gas, carbon monoxide
privacy, personal data, security, data protection > privacy, personal data, gdpr, data protection, hacked, breach, delete my data, unauthorised, phishing, stolen, confidential, dsgvo, rgpd
cancel, cancellation, terminate, termination > cancel, cancelled, cancellation, terminate, termination, end my subscription, close my account, notice period, kundigen, kundigung, cancelar, baja
contract, agreement > agreement, contract, parties, party, hereinafter, shall, governing law, termination, clause, liability, whereas, undersigned
letter > dear mr, dear mrs, dear ms, yours sincerely, yours faithfully, enclose, sehr geehrte, estimado
minutes, meeting > minutes, meeting, attendees, present, apologies, agenda, action items, chair, agreed, next meeting
report > report, findings, results, quarter, quarterly, revenue, figures, summary, period, increase, compared
press release, announcement > press release, for immediate release, media contact, announces, announced, today announced, about the company, spokesperson
policy, guideline, rules > policy, scope, must, employees, may not, responsibilities, applies to, compliance, exceptions, violation
research, study, note, paper > study, method, sample, hypothesis, results, participants, measured, dataset, findings, limitations, abstract
risk, risks, issue, concern > risk, delay, overdue, penalty, liability, shortage, concern, uncertain, loss, breach, failure, threat, exposure, may not, late
decision, decisions > decided, agreed, approved, resolved, decision, voted, adopted, accepted, rejected
action, actions, action item, task, todo, next step, obligation, commitment > will, shall, must, to prepare, by friday, deadline, follow up, send, prepare, responsible, due, action, agrees to
software, it, technology > software, saas, platform, app, cloud, developers, api, data, analytics, programming, digital
logistics, transport > freight, logistics, trucks, fleet, transport, carrier, warehousing, parcels, forwarding, haulage, vans
manufacturing, industry, industrial > manufacturer, manufactures, machines, machine, components, factory, plant, castings, tooling, precision, production
healthcare, health, medical > clinic, hospital, patients, medical, dental, care, diagnostics, pharmacy, therapy, physiotherapy
finance, insurance, banking > bank, insurance, insurer, loans, accounting, payments, brokers, leasing, pension, credit
retail, commerce, ecommerce > shops, shop, store, stores, retailer, online shop, boutique, supermarket, sells
energy, utilities > solar, wind, energy, grid, heat pumps, battery, electricity, turbines, utility
food, agriculture, beverage > food, bakery, farm, farms, dairy, brewery, fruit, vegetables, coffee, wine, organic, restaurant
construction, building, real estate > construction, builder, buildings, architects, roofing, scaffolding, renovation, concrete, property
education, training > school, schools, courses, teachers, students, training, university, learning, tutoring
media, design, creative > agency, film, publishing, publisher, magazine, studio, design, advertising, podcasts
tourism, hospitality, travel > hotel, hotels, travel, guests, tours, hostel, campsite, restaurants
`

interface Idea {
  readonly names: readonly string[]
  readonly evidence: readonly string[]
}

/** Words as one line of stems, as they are found in a `stemLine`. */
function phrase(words: string): string {
  return wordsOf(words).map(stem).join(' ')
}

const LEXICON: readonly Idea[] = IDEAS.trim()
  .split('\n')
  .map((line) => {
    const [names = '', evidence = ''] = line.split('>')
    return { names: names.split(',').map(phrase), evidence: evidence.split(',').map(phrase) }
  })

/** What a text says when it is about any of the ideas that these stems name. */
export function evidenceFor(stems: readonly string[]): ReadonlySet<string> {
  const line = ` ${stems.join(' ')} `
  const ideas = LEXICON.filter(({ names }) => names.some((name) => line.includes(` ${name} `)))
  return new Set(ideas.flatMap(({ evidence }) => evidence))
}
