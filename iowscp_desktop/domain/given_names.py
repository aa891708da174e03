"""Given and family names that are common in Britain: what `domain.mentions` knows names by.

Chosen by hand from what registrars and the census have published for decades, spelled as people spell them, with the
communities of the island and of Southampton and Portsmouth in mind. No list is complete: `mentions` has other clues.
"""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GIVEN: Final = _words("""
aaliyah aaron abbey abbie abby abdul abdullah abdulrahman abigail abu adam adamma adebayo adele adeola adnan adrian
adriana agnieszka ahmad ahmed aidan aiden aimee aisha aisling aiysha ajay alan alana alannah alasdair albert albie
aleksander aleksandra alessia alex alexa alexander alexandra alexandru alexia alexis alfie alfred ali alice alicia
alina alisha alison alistair allan allison alyssa amanda amara amari amber amelia amelie amina aminah amira amirah
amit amman amna amy ana anabelle anais anastasia anaya andrea andreea andrei andrew andrzej andy aneta angela angelina
angus anika anil anisa anisha anita anjali anna annabel annabelle anne annette annie anthony antoni antonia antonio
anya aoife arabella aran archie ariana arjun arlo armaan aron arran arthur arun arya ash asha asher ashleigh ashley
ashton asif asiya asma athena aubrey audrey augustus aurora austin ava axel ayaan ayah ayan ayaz ayesha aylin ayomide
ayse barbara barnaby bartosz bashir beatrice beatrix becca becky bella ben benedict benjamin beth bethan bethany bilal
billy bobby bogdan bonnie bradley brandon brenda brendan brian bridget brody brogan brooke bruno bryan bryony cadence
caitlin caitlyn caleb callum calum calvin cameron camilla camille carla carly carmen carol carole caroline carolyn
cassandra cassie catherine catriona cecilia cecily chanel chanelle chantelle charlene charles charley charlie
charlotte chelsea cheryl chester chiara chidi chinedu chioma chloe chris christian christina christine christopher
chukwuemeka ciara cillian claire clara clare claudia clive clodagh clyde codie cody colin colleen connie connor conor
constance cora corey corinne courtney craig crystal curtis cynthia daisy daksh damian damien damir dan dana daniel
daniela daniella danielle danika danny daphne darcey darcie darcy daria darius darrell darren dave david dawid dawson
dean debbie deborah declan deepak delilah demi denise dennis derek dermot desmond destiny devon dexter diana diane
diego dillon dilys dimitar dinesh dominic dominik dominika donald donna doreen doris dorothy douglas duncan dylan
eamon ebony eddie eden edith edward edwin ehsan eileen elaine eleanor elena eli eliana elias elijah elin eliot elisa
elisabeth elise elisha eliza elizabeth ella elle ellen ellie elliot elliott ellis elodie eloise elouise elsa elsie
elspeth emeka emelia emil emilia emily emma emmanuel emmeline emmett enid enzo eoin erica erik erin ernest esmae esmay
esme esther ethan eugene eva evan evangeline eve evelyn evie ewa ewan ezra fahad faisal farah farhan farida fatima
fatimah fatou felicity felix femi fergus filip finlay finley finn fintan fiona florence florin frances francesca
francis frank frankie fraser fred freddie freddy frederick freya gabriel gabriela gabriella gabrielle gareth gary
gavin gaynor gemma geoffrey george georgia georgiana georgie georgina gerald geraldine gerard gethin gillian gina
giovanni giulia glen glenn glenys gloria gordon grace gracie graham greg gregory greta grzegorz gurpreet gwen gwyneth
habib hadi hadiya hafsa hakim halima hallie hamish hamza hana hanif hanna hannah hardeep hari haris harley harold
haroon harper harpreet harriet harris harrison harry harvey hasan hashim hassan haya hayden hayley hazel heath heather
hector heidi helen helena helene henri henry hettie hilary hira holly howard hubert huda hugh hugo humaira humza husna
hussain hussein ian ibrahim ida idris ifeoma ignacy igor ike imani imogen imran inaya ines ioan ioana ion ira irena
irene irfan irina iris isaac isabel isabella isabelle isaiah isha ishaan isla ismail isobel israel ivan ivana ivor
izabela izzy jack jackson jacob jacqueline jade jaden jagdeep jaime jake jakub jamal jameela james jamie jamil jan
jane janet janice jared jasmin jasmine jason jasper javed jaxon jaxson jay jayda jayden jayne jean jeanette jeffrey
jemima jenna jennifer jenny jensen jeremy jermaine jerome jerry jess jesse jessica jessie jethro jill jillian jim
jimmy joan joanna joanne jodie joe joel johann john johnny jolene jonah jonas jonathan jordan jorge jose joseph
josephine josh joshua josie joyce juan jude judith judy julia julian juliana julie juliet junaid june justin justyna
kacey kacper kaden kai kaitlyn kaleb kamal kamil kamila kamran karan kareem karen karim karina karl karolina karthik
kasia katarina katarzyna kate katherine kathleen kathryn kathy katie katrina kavita kay kaya kayla kaylee kayleigh
kazim keira keiran keith kelechi kelly kelsey kelvin ken kenneth kerry kevin keziah khadija khalid khalil kian kiana
kiara kieran kim kimberley kimberly kiran kirsten kirsty kit klaudia kofi konrad krish krishna kristian kristina
krystian krzysztof kunal kwame kya kye kyle kylie kyra lacey lachlan laila lakshmi lana lara larissa larry latisha
laura lauren laurence layla layton lea leah leanne lee leia leigh leila lena lennon lennox leo leon leona leonard
leonardo leonie leroy lesley leslie levi lewis lexi lexie liam lila lilia lilian liliana lillian lillie lilly lily
lina linda lindsay lindsey linus lionel lisa liv livia liz liza lizzie lloyd logan lois lola loretta lorna lorraine
lottie lou louella louie louis louisa louise luc luca lucas lucia lucian lucie lucinda lucy luis luka lukas lukasz
luke luna luqman lydia lyla lyn lynda lyndsey lynn lynne lyra mabel macie maciej mackenzie maddie maddison madeleine
madeline madison mae maeve magda magdalena maggie maha mahad mahmoud mahnoor maia maisie maja malachi malaika malak
malcolm malgorzata malik mandy manraj manuel mara marcel marcela marcin marco marcus marek margaret margarita margot
maria mariam marian mariana marianne marie mariella marilyn marina mario marion marisa marius marjorie marlene marlon
marta martha martin martina martyn marvin mary maryam masood mateo mateusz matilda matt matthew maureen maurice mavis
max maxim maximilian maxine maxwell maya mckenzie meera megan mehmet mehreen mei melanie melissa melody mercedes
meredith mia micah michael michaela michal michelle miguel mihai mike mikey mikolaj mila milan miles millie milly milo
mimi mina minnie mira miranda mirela miriam misbah misha mitchell moeen mohamed mohammad mohammed mohamud moira mollie
molly mona monica monika monique montgomery morgan moses mostafa muhammad muhammed muna munir murray musa mustafa mya
myla myles myra nadeem nadia nadine naeem nahla naima najma nancy naomi nasir nasreen natalia natalie natasha nathan
nathaniel nawal nayla neel neha neil nell nellie nelly nelson nia niall niamh nichola nicholas nick nicky nicola
nicole nigel nikhil niki nikita nikki nikola nikolai nikolas nina nisha noah noel noor nora norah noreen norma norman
nour nur nyah nyla obi ocean octavia oisin ola olaf oleg oleksandr olena olga oliver olivia olivier ollie olu
oluwaseun omar omari oona opal ophelia ordell orla orlando orson oscar oskar osman ossian otis otto owain owen paige
pamela paola parveen pascal patience patricia patrick patryk paul paula paulina pauline pavel pawel payton pearl
penelope penny percy perry petar peter petra peyton phil philip philippa phillip phoebe phoenix phyllis pia piers
piotr pippa pixie polly pooja poppy portia prakash preeti priya priyanka quentin quincy rabia rachael rachel radoslaw
rafael rafal rafferty rahim rahman rahul raj rajan rajesh ralph ramona randy raphael rashid raul raven ravi raya rayan
raymond rayyan reagan rebecca rebekah reece reem reggie reginald rehan reid reina remi remy rena renata rene renee
reuben rex reza rhea rhian rhiannon rhona rhys ria riaz ricardo richard ricky riley rio rita ritchie river riya rizwan
robbie robert roberta roberto robin robyn rocco roderick rodney rohan roisin roksana roman romeo romilly romy ronald
ronan ronnie rory rosa rosalie rosalind rosamund rosanna rosemary rosie ross rowan rowena roxanne roy ruby rudi rudy
rufus rukhsana rupert russell ruth ryan rylan saad sabina sabrina sadia sadie saffron safiya sahil sahra said saif
sajid sakina saleem salim salma salman sam samad samantha samia samina samir samira sammy samson samuel sana sandeep
sandra sanjay santiago sapphire sara sarah sarina sasha saskia saul savannah scarlet scarlett scott sean seb sebastian
selena selina seren serena sergiu seth shabana shabnam shafiq shah shahid shaima shakira shane shania shanice shannon
sharon shaun shawn shayla sheila shelby shelley sheree shilpa shirin shirley shona shreya sian siddharth sidney sidra
sienna sierra silas simon simone simran sinead siobhan skye skyla skylar sobia sofia solomon sonia sonja sonny sophia
sophie spencer stacey stacy stanislaw stanley stefan stefania stella stephanie stephen steve steven stewart stuart sue
sukhdeep suki sulaiman sultan sumaya sunil suraj surinder susan susanna susannah susie suzanne suzie sven sybil sydney
sylvia szymon tabitha taha tahir talha talia talulah tamara tamika tamsin tamzin tania tanisha tanya tara tariq tarun
tasha tasnim tatiana tatum tayla taylor ted teddy temi terence teresa terri terry tess tessa thaddeus thalia thea
thelma theo theodora theodore theresa thierry thomas tia tiago tiana tiegan tiffany tilda tilly tim timothy tina titus
tobi tobias toby todd tom tomas tomasz tommy toni tony tracey tracy travis trevor trinity tristan trudy tunde tyler
tyra tyrell tyrone tyson uche uma umair umar ursula usman valentina valerie vanessa vasile vera verity veronica vicky
victor victoria vijay vikram viktor viktoria vincent viola violet vivaan vivek vivian vivienne vladimir waleed wanda
warren waseem wayne wendy wesley wiktor wiktoria wilfred will willa william willow wilma winifred winston wojciech
xander xanthe xavier ximena yahya yana yara yash yasin yasir yasmin yasmine yolanda yousef youssef yuki yuri yusra
yusuf yvette yvonne zac zach zachariah zachary zack zahra zaid zain zaina zainab zak zakariya zakir zara zayd zayn
zeeshan zeinab zena zephaniah zeynep ziad zion zoe zofia zola zoya zsofia zubair zuzanna
""")
"""Given names, lower case."""

ALSO_WORDS: Final = _words("""
abbey abu adele albert alexandra ali amber an april archer ash asher august aurora austin autumn axel basil bay bill
bishop blossom bob brandy brook brooke buddy cadence carol carter chance charity chase chelsea chester chris clay
cliff cooper coral crystal daisy dale dan dawn dean destiny devon drew duke earl ebony eden edward eve faith fern finn
flora florence forest frank gene georgia ginger glen glory grace grant gray guy harmony harper harry haven hazel heath
heather holly hope hunter ida ion ira iris israel ivy jack jade jasmine jay jean jewel jordan joy jude july june
justice kay ken kent kit lance lane laurel lea lee lily liv london lou luna major mark mason max may melody mercy
miles mina mission misty nell nick noor norm ocean ola olive opal page paige paris parker pat patience pearl peg penny
phoenix pierce piers pip poppy porter rain raven ray reading reed regent reid rex rich river rob robin rocky rod roman
rose rowan ruby rusty ryde sage said sally sam sandy savannah scarlet scout sienna sierra skipper sky sonny spencer
stacey star sterling stew storm sue sultan summer sunny sydney sylvan tanner taylor ted tiffany tom trinity trip trudy
verity victor victoria viola violet wade wally warren wells will willow winter wren young zion
""")
"""Given names that are also words or places: they need another clue beside them, such as a family name."""

EVERYDAY: Final = _words("""
abu an april archer ash august aurora austin autumn bay bill bishop blossom bob brandy brook buddy cadence carter
chance charity chase clay cliff cooper coral crystal dale destiny devon duke earl faith forest ginger glory grace
grant gray guy harmony harper haven hazel heath hope hunter ida ion ira israel jewel joy july june justice kent lance
lane laurel lea liv london major mark may melody mercy miles mission misty nick norm ocean olive opal page paige paris
parker pat patience peg phoenix pierce pip porter rain raven reading reed regent rich river rob rocky rod rose rusty
ryde sage said sandy scout sierra skipper sky star sterling stew storm sue sultan sunny tanner trinity trip verity
wade wally wells will winter wren young zion
""")
"""Of `ALSO_WORDS` those that mean so common a thing that even a capital inside a sentence is no clue."""

FAMILY: Final = _words("""
adams adeyemi ahmed akhtar alexander ali allen anderson andrews armstrong atkinson bailey baker barker barnes barrett
bates baxter begum bell bennett berry bibi bishop booth bradley brooks brown bryant burgess burke burns burton butler
byrne campbell carr carroll carter chambers chandler chapman chen cheung chowdhury clark clarke cole coleman collins
connolly cook cooper cox crawford cross cunningham curtis daniels davidson davies davis dawson day dean dixon dobson
doherty douglas doyle duncan dunn edwards elliott ellis evans farrell ferguson fernandes fisher fleming fletcher flynn
ford foster fowler fox francis fraser freeman french fuller gallagher gardner george gibbs gibson gilbert gill glover
goddard goodwin gordon graham grant gray green greenwood gregory griffin griffiths hall hamilton hammond hancock
harding hardy harper harris harrison hart hartley harvey hawkins hayes haynes henderson henry hewitt higgins hill
hodgson holland holmes holt hopkins houghton howard howarth howe howell hudson hughes humphreys hunt hunter hussain
hutchinson ionescu iqbal islam jackson jacobs james jarvis jenkins jennings johnson johnston jones jordan joyce
kaminski kaur kay kelly kemp kennedy kerr khan king kirby knight kovac kowalski lamb lambert lane law lawrence lawson
leach lee lees leonard lewandowski lewis little lloyd long lowe lucas lynch macdonald mahmood malik manning marsden
marsh marshall martin mason matthews may mccarthy mcdonald mckenzie mclean mellor mensah metcalfe middleton miller
mills mistry mitchell moore moran morgan morley morris morrison moss muir murphy murray myers nash naylor nelson
newman newton nguyen nicholls nicholson north norton novak nowak oconnor okafor oneill osborne osei owen owens page
palmer park parker parkin parkinson parry parsons patel payne pearce pearson perkins perry peters petrov phillips
pickering pollard poole popescu porter potter powell power pratt preston price pritchard pugh quinn rahman randall
read reed rees reeves reid reynolds rhodes rice richards richardson riley roberts robertson robinson robson rogers
rose ross rowe rowley russell ryan salmon sanders santos saunders savage schofield scott shah sharma sharp sharpe shaw
shepherd short silva simmons simpson sims sinclair singh skinner slater smart smith spencer stephens stephenson
stevens stevenson stewart stokes stone storey stuart sullivan summers sutton swift sykes tait talbot taylor thomas
thompson thomson thornton thorpe todd tomlinson townsend tucker turnbull turner tyler vaughan vincent wade walker
wallace wallis walsh walters walton wang ward warner warren waters watkins watson watts weaver webb webster welch
wells west weston wheeler white whitehead whittaker wilkins wilkinson williams williamson willis wilson winter
wisniewski wong wood woods woodward wright wyatt yates young zhang zielinski
""")
"""Family names, lower case. Many are words, so they only ever confirm a name that stands before them."""
