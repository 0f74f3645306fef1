import { useState } from 'react';

import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { useDemoPeople } from './sign-in.query.js';
import { signInText } from './sign-in.text.js';

/** Those who borrow and lend first: that is what a visitor comes to see. */
const order = ['enterprise', 'account-manager', 'institution-admin', 'regulator', 'operator', 'source'];

/** The people of the demo city as cards that fill in the form; elsewhere nothing. */
export function DemoPeople({ onChoose }: { onChoose: (login: string) => void }) {
  const text = useText(signInText);
  const role = useText(frameText);
  const { data: people } = useDemoPeople();
  const [chosen, setChosen] = useState<string>();
  if (!people?.length) return null;
  return (
    <section className="people">
      <p>{text('people.lead')}</p>
      <ul>
        {people
          .toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role))
          .map((person) => (
            <li key={person.login}>
              <button
                type="button"
                aria-pressed={chosen === person.login}
                onClick={() => {
                  setChosen(person.login);
                  onChoose(person.login);
                }}
              >
                <strong>
                  {role(`role.${person.role}`)} · {person.name}
                </strong>
                <span>{person.organisation}</span>
                <span>{text('people.try', { what: text(`try.${person.role}`) })}</span>
              </button>
            </li>
          ))}
      </ul>
    </section>
  );
}
