import {
  ApartmentOutlined,
  ApiOutlined,
  AuditOutlined,
  BarChartOutlined,
  ContactsOutlined,
  ControlOutlined,
  DashboardOutlined,
  DatabaseOutlined,
  DiffOutlined,
  EditOutlined,
  EyeOutlined,
  FileDoneOutlined,
  InboxOutlined,
  MailOutlined,
  RadarChartOutlined,
  SafetyOutlined,
  ShopOutlined,
  SlidersOutlined,
  StarOutlined,
  TeamOutlined,
  ThunderboltOutlined,
  WalletOutlined,
  ToolOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import { Link, NavLink } from 'react-router';

import type { Me } from '../client/session.query.js';
import { frameText } from './frame.text.js';
import { useText } from './language.part.js';
import { Mark } from './mark.part.js';
import { menuOf, type IconName } from './menu.option.js';

const icons: Record<IconName, ComponentType<{ 'aria-hidden': boolean }>> = {
  wallet: WalletOutlined,
  edit: EditOutlined,
  compare: DiffOutlined,
  radar: RadarChartOutlined,
  sign: FileDoneOutlined,
  eye: EyeOutlined,
  grab: ThunderboltOutlined,
  people: ContactsOutlined,
  shelf: ShopOutlined,
  overview: DashboardOutlined,
  distribution: BarChartOutlined,
  quality: AuditOutlined,
  feeds: DatabaseOutlined,
  batches: InboxOutlined,
  mending: ToolOutlined,
  limits: SlidersOutlined,
  organisations: ApartmentOutlined,
  watch: SafetyOutlined,
  operation: ControlOutlined,
  outreach: TeamOutlined,
  service: StarOutlined,
  webhooks: ApiOutlined,
  invitations: MailOutlined,
};

/** The brand, and the pages of the person's roles. */
export function Menu({ roles }: { roles: Me['roles'] }) {
  const text = useText(frameText);
  return (
    <>
      <Link to="/" className="brand">
        <Mark />
        <span>{text('brand')}</span>
      </Link>
      <nav className="menu" aria-label={text('menu')}>
        <ul>
          {menuOf(roles).map(({ to, label, icon, exact }) => {
            const Icon = icons[icon];
            return (
              <li key={to}>
                <NavLink to={to} end={exact ?? false}>
                  <Icon aria-hidden />
                  <span>{text(label)}</span>
                </NavLink>
              </li>
            );
          })}
        </ul>
      </nav>
    </>
  );
}
