/** How the animal is what it is: before the adjective. */
export const adverbs = words(`
  always boldly brightly busily calmly carefully cheerfully clearly daringly deeply eagerly early easily fairly firmly
  fondly gently gladly gracefully happily kindly lightly loudly merrily mostly neatly never often openly patiently
  playfully politely proudly quickly quietly rarely readily seldom silently simply slowly smoothly softly steadily
  strangely surely swiftly tenderly truly usually warmly wildly wisely`);

/** What the animal is like. */
export const adjectives = words(`
  agile alpine amber ancient arctic autumn azure blue bold brave bright bronze busy calm candid clever cobalt coral
  cosmic crimson curious dapper daring dusty eager early electric emerald fearless festive fluffy foggy friendly frosty
  gentle gleaming golden grand green happy hardy hasty hazel hidden honest humble icy indigo ivory jade jolly joyful
  keen kind late lilac lively lofty loyal lucky lunar mellow merry mighty misty modest muddy nimble noble northern olive
  orange pale patient peaceful pearly plucky polar polite proud purple quick quiet rapid restless rosy rustic sandy
  scarlet serene shiny silent silver sleepy smart snowy solar southern speckled spry steady stormy striped sturdy sunny
  swift tawny tidy timid tiny tranquil upbeat velvet vivid wandering warm western wild winter wise witty young zesty`);

/** The animal. */
export const animals = words(`
  albatross alpaca anchovy ant antelope armadillo badger bat bear beaver bee beetle bison boar bream buffalo butterfly
  buzzard camel canary carp cat chamois cheetah cicada cod condor cormorant cow crab crane cricket crow cuckoo curlew
  deer dingo dog dolphin donkey dormouse dove dragonfly duck eagle eel elephant elk ermine falcon ferret finch firefly
  flamingo fox frog gazelle gecko gibbon giraffe gnu goat goldfinch goose grouse gull hamster hare hawk hedgehog heron
  herring hippo hornet horse ibex ibis iguana jackdaw jaguar jay kangaroo kestrel kingfisher kiwi koala ladybird lark
  lemming lemur leopard lion lizard llama lobster lynx magpie marmot marten meerkat mole mongoose moose moth mouse mule
  newt nightingale ocelot octopus okapi orca oriole osprey ostrich otter owl ox oyster panda panther parrot partridge
  peacock pelican penguin perch pheasant pigeon pike plover pony porcupine puffin puma quail rabbit raccoon ram raven
  reindeer robin rook salamander salmon sandpiper sardine seahorse seal shark sheep shrew skylark sloth snail sparrow
  spider squid squirrel starling stoat stork sturgeon swallow swan swift tapir tern tiger toad tortoise toucan trout
  tuna turtle viper vole walrus wasp weasel whale wolf wombat woodpecker wren yak zebra`);

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
