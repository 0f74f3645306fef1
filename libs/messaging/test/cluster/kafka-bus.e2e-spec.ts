import { KafkaBus } from '../../src/kafka-bus.driver.js';
import { busSuite } from '../bus-suite.js';
import { kafkaOf } from '../kafka-ground.js';

const settings = kafkaOf();

describe('the Kafka bus', () => {
  busSuite(async () => new KafkaBus(settings));
});
