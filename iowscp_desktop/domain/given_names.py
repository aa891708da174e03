"""Given and family names that are common in Britain: what `domain.mentions` knows names by.

Chosen by hand from what registrars and the census have published for decades, spelled as people spell them, with the
communities of the island and of Southampton and Portsmouth in mind. No list is complete: `mentions` has other clues.
"""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GIVEN: Final = _words("""
aaliyah aaron abbey abbie abby abdallah abdi abdifatah abdirahman abdul abdullah abdullahi abdulrahman abena abigail
abiola abu abubakar adam adamma adanna adebayo adeel adela adele adeola aderonke aditi aditya adnan adrian adriana
afia afsana agata agnieszka ahmad ahmed aidan aiden aiko ailsa aimee ainsley aisha aishah aisling aiysha aizah ajay
ajmal akash akeem akua alam alan alana alannah alasdair alban albert albie aldo alec alejandro aleks aleksandar
aleksander aleksandra alessia alex alexa alexander alexandra alexandru alexia alexis alfie alfonso alfred ali alice
alicia alicja alik alina alisha alison alistair allan allison alma alp alun alwyn alys alyssa amal amanda amandeep
amara amari amber amelia amelie amina aminah amir amira amirah amit amjad amman amna amy ana anabelle anais anand
anastasia anaya andre andrea andreas andreea andrei andrej andrew andrzej andy aneta aneurin angela angelina angharad
angie angus aniela anika anil anisa anish anisha anita anjali anka ann anna annabel annabelle anne annette annie anouk
ansel anthony anton antonella antoni antonia antonio anwen anya aoibhe aoife aparna april aqsa arabella aran archer
archie ariana ariane ariella arif arjun arlene arlo armaan armani arno arnold aron arran arshad art arthur arun arwen
arya asad ash asha ashanti asher ashleigh ashley ashok ashton asif asiya asma astrid athena atif aubrey audrey august
augusto augustus aurelia aurora austin autumn ava avani avery aviva awais axel ayaan ayah ayan ayaz ayesha ayla aylin
ayomide ayse aysha aziz azra baljit bano baraka barbara barnaby barrie barry bart bartosz bashir basia basil bassam
baz bea beatrice beatrix becca becky bella ben benedict benjamin bernadette bernard bernice bert bertie beryl beth
bethan bethany bettina betty beverley bhavna bianca bilal bill billy bina blessing blodwen blossom bob bobby bogdan
bogna bolek bonnie boris boyd bozena bradley brandon brandy branwen brenda brendan brenna brian bridget briony brody
brogan bronwen bronwyn brook brooke brooklyn bruce bruno bryan bryn bryony buddy burhan cadence cai caio caitlin
caitlyn caleb callie callum calum calvin camelia cameron camilla camille carey carina carla carlo carlos carly carmel
carmela carmen carol carole caroline carolyn caron carrie carwyn caryl caspar casper cassandra cassie cath cathal
catherine cathy catriona caz cecilia cecily ceri cerys cezary chad chance chanda chanel chanelle chantelle charis
charity charlee charlene charles charley charlie charlotte chas chaz chelsea cheryl chester chetan chi chiara chidi
chinedu chioma chip chloe chris christian christina christine christopher chukwuemeka ciara cillian cindy claire clara
clare clarissa claudette claudia claudiu clay clem clementine cleo cliff cliona clive clodagh clyde codie cody colin
colleen connie connor conor constance cora coral corey corinne cosmin costel courtney craig cristian cristiano
cristina crystal curtis cynthia dafydd dagmara dai daisy daksh dale dalia daljit damian damien damilola damir dan dana
daniel daniela daniella danielle danika danny danuta daphne darcey darcie darcy daria darius darrell darren daryl dave
david davina dawid dawit dawn dawson daz dean debbie deborah debra declan dee deepak deirdre delilah delroy delyth
demetri demi denise dennis denzel derek dermot dervla des desiree desmond destiny devi devika devon dewi dexter dhruv
diana diane diarmuid diego dilan dillon dilys dimitar dimitri dina dinah dinesh dionne dirk diya dmytro dolores
dominic dominik dominika donald donna dora doreen doris dorota dorothy dot doug douglas dragan drew duha duke dumitru
duncan dylan eamon eamonn earl ebenezer ebony ed eddie eden edgar edith edmund edna eduardo edward edwin edyta efa
efua ehsan eileen eilidh eirlys elaine eleanor elena eleni eli eliana elias elif elijah elin elina eliot elisa
elisabeth elise elisha eliza elizabeth elke ella elle ellen ellie elliot elliott ellis elodie eloise elouise elowen
elsa elsie elspeth elton elvis elzbieta emeka emelia emil emilia emiliano emily emir emma emmanuel emmeline emmett
enid enoch enzo eoin erica erik erika erin ernest esmae esmay esme esmeralda esra esther ethan ethel etta eugene
eugenia eunice eva evan evangeline eve evelyn evie ewa ewan ezekiel ezra fadi fahad fahim faisal faith faiza farah
fareed farhan farida faris farouk farrah farzana fatima fatimah fatou fatoumata fay faye federico felicia felicity
felix femi fergus fern ffion fidel filip finlay finley finn fintan fiona fionn floella flora florence florin forest
fran frances francesca francis francisco franciszek franek frank frankie fraser fred freddie freddy frederick freya
frida gabriel gabriela gabriella gabrielle gail gareth gary gavin gaynor gaz gemma gene geoff geoffrey george georgia
georgiana georgie georgina gerald geraldine gerard gethin ghazala gill gillian gina ginger gio giorgio giovanni gita
giulia glen glenn glenys gloria glory goran gordon gosia grace gracie graeme graham grant gray grazyna greg gregor
gregory greta grzegorz gurdeep gurpreet gus gustav guto guy gwen gwendolyn gwyneth habib habiba hadi hadiya hadiza
hafsa hajra hakim hal halima hallie hamid hamish hamza hana hania hanif hanna hannah hannan hans hardeep hari haris
harish harjit harley harmeet harmony harold haroon harper harpreet harriet harris harrison harry harshita harvey hasan
hashim hassan hattie haven haya hayden hayley haz hazel hazim heath heather hector heidi helen helena helene helga
henri henrietta henrik henry herbert hettie hidayah hilary hilda hina hira hiroshi hollie holly honor hope horia
howard hubert huda hugh hugo humaira humza hunter husna hussain hussein huw ian iasmina ibrahim ibtisam ida idris
iestyn ieuan ifan ifeoma iga ignacy igor ike ikram ileana imani imogen imran ina inaya indie indira ines inga ingrid
ioan ioana ion iona ionela ionut iqra ira irena irene irfan irina iris irvin isa isaac isabel isabella isabelle
isadora isaiah isha ishaan ishaq isla ismail isobel isra israel issa ivan ivana ivo ivor ivy iwan iwona iza izaan
izabela izzy jacek jacinta jack jackie jackson jacob jacqueline jacqui jad jade jaden jadwiga jagdeep jago jaime jake
jakub jama jamal jameela james jamie jamil jamila jan jana jane janet janice janine jared jarek jaroslaw jarred jase
jasmin jasmine jason jasper jatin javed javier jaxon jaxson jay jayda jayde jayden jayne jazz jean jeanette jeanne jed
jeff jeffrey jem jemima jemma jenna jennie jennifer jenny jensen jeremiah jeremy jermaine jerome jerry jess jesse
jessica jessie jethro jewel jez jill jillian jim jimmy jo joan joanna joanne jocelyn jodie jody joe joel johan johann
johanna john johnny jolanta jolene jon jonah jonas jonathan jonny jordan jordana jorge jorja jose josef joseph
josephine josh joshua josiah josie joy joyce jozef juan juanita jude judith judy julia julian juliana julie juliet
julius juma junaid june juno justice justin justyna kabir kacey kacper kaden kadija kai kaitlyn kaleb kalina kamal
kamil kamila kamran kane kara karan kareem karen karim karina karl karolina karthik kasey kash kasia kasim kaspar
katarina katarzyna kate katerina kath katherine kathleen kathryn kathy katia katie katrina katy katya kauser kavita
kay kaya kayden kayla kaylee kayleigh kazim keegan keeley keira keiran keisha keith kelechi kelis kelly kelsey kelvin
ken kenan kendra kenji kenneth kenny kenza kerry kevin kez kezia keziah khadija khadijah khaled khalid khalil khloe
kian kiana kiara kieran kim kimberley kimberly kinga kiran kirsten kirsty kishan kit klaudia kofi kojo konrad kris
krish krisha krishna kristian kristina krystian krystyna krzysztof kuba kunal kwabena kwaku kwame kwesi kya kye kyle
kylie kyra lacey lachlan laila lakshmi lana lance lara larissa larry laszlo latifa latisha latoya laura laurel lauren
laurence lauryn layla layton lea leah leanne lechoslaw lee leela leia leif leigh leila lena lenka lennon lennox leo
leon leona leonard leonardo leonie leroy lesley leslie leszek leticia levi lewis lex lexi lexie liam liana lidia lief
lila lilia lilian liliana lillian lillie lilly lily lina linda lindsay lindsey linus lionel lisa lisbeth liv livia liz
liza lizzie llinos lloyd llyr logan lois lola lorcan loren lorenza lorenzo loreta loretta lorin lorna lorraine lottie
lou louella louie louis louisa louise loz luc luca lucas lucia lucian lucie lucinda lucjan lucjana lucy ludwik luis
luisa luka lukas lukasz luke luna luqman lutfi lydia lyla lyn lynda lyndon lyndsey lynette lynn lynne lyra mabel mabli
macauley macie maciej mackenzie maddie maddison madeleine madeline madhuri madina madison mads mae maeve magda
magdalena maggie magnus maha mahad mahdi mahira mahmoud mahnoor maia mairead mairi maisie maite maja major makayla
maks malachi malachy malaika malak malcolm malgorzata malik malwina mamadou manal mandy maneesha manjit manon manraj
mansoor manuel mara marcel marcela marcia marcie marcin marco marcus mared marek margaret margarita margo margot maria
mariam mariama marian mariana marianne marie mariella marija marika marilyn marina mario marion marisa marius mariusz
marjan marjorie mark markus marlena marlene marlon marlowe marnie marta martha martin martina martyn martyna marvin
marwa marwan mary maryam mason masood matas matei mateja mateo mateusz mathew mathilda matilda matt matthew matthias
mattie maud maureen maurice mavis max maxim maximilian maxine maxwell may maya mayar maz mazin mckenzie meera megan
mehdi mehmet mehreen mehwish mei meirion melania melanie melina melissa melody melvin mercedes mercy meredith mererid
merve mervyn meryl mia micah michael michaela michal michelle mick mickey miguel mihaela mihai mihail mikael mikayla
mike mikey mikolaj mila milan milena miles millie milly milo milosz mimi min mina minahil mindy minh minnie mira
miranda mirela miriam mirka miroslav mirza misbah misha misty mitch mitchell moeen mohamed mohammad mohammed mohamud
moin moira mollie molly mona monica monika monique montague montgomery morag morgan moses moshe mostafa moz mubarak
muhammad muhammed mukhtar muna muneeb munir munira murad murray musa mustafa mya myfanwy myla myles myra myron myrtle
nabil nabila nadeem nadezhda nadia nadim nadine naeem nael nafisa nahid nahla naim naima naiya najib najma nana nancy
nanette naomi narges naseem nasim nasir nasra nasreen nasrin natalia natalie natalka natan nataniel natasha nate
nathalie nathan nathaniel naveed nawal nayan nayla nazia nazir nazma neel neema neha neil nell nellie nelly nelson
nerys nesta nevaeh neve ngozi nia niall niamh nichola nicholai nicholas nick nicky nicola nicolae nicolas nicole niels
nigel nikhil niki nikita nikki nikola nikolai nikolaos nikolas nile nimra nina nisha nita nkechi noah noel noor nora
norah noreen norm norma norman nour noura nuala nuh nuno nur nuria nurul nyah nyla obi obinna ocean octavia odette
odin ofelia oghenekaro oisin okan ola olabisi olaf olamide oleg olek oleksandr oleksandra olena olga olive oliver
olivia olivier oliwia oliwier ollie olu olufemi oluwadamilola oluwaseun oluwaseyi oluwatobi omar omari omer omolara
onur oona oonagh opal ophelia ordell orhan oriana orla orlando orson osama oscar osian oskar osman ossian ossie oswald
otilia otis ottilie otto owain owais owen ozan ozzy paddy padraic padraig paige pamela paola paris parker parveen
pascal pat patience patricia patrick patrycja patryk patsy paul paula paulina pauline pavel pavlos pawel payton pearl
pedro peg peggy penelope penny percy perdita perry petar pete peter petra petronela petru petrus peyton phil philip
philippa philippe phillip phillipa phoebe phoenix phyllis pia pierce piers pietro piotr pip piper pippa pixie pola
polly pooja poppy portia prakash pranav preeti prince prisca priscilla priya priyanka prudence qasim queenie quentin
quincy rabia rabiya rachael rachel radoslaw radu raf rafael rafal rafe rafferty rafi rafiq raheem rahim rahman rahul
rain raina raisa raj rajan rajesh ralph raluca ramadan raman rami ramon ramona randa randy rania raniya ranjit raphael
raquel rasa rashid rashida raul raven ravi ray raya rayan rayhan raymond raymund rayyan razvan reading reagan rebecca
rebekah reda reece reem reena regan reggie reginald rehan reid reina remi remy rena renata rene renee renu reshma
retaj reuben rex reza rhea rhett rhian rhiannon rhodri rhona rhydian rhys ria riaz ricardo rich richard ricky rida
rihanna riley rimsha rina rio rita ritchie riva river riya rizwan roan rob robbie robert roberta roberto robin robyn
rocco rochelle rocio rocky rod roderick rodney roger rohan roisin roksana roland rolf roman romana romeo romilda
romilly romy ronald ronaldo ronan roni ronnie ronny rory rosa rosalie rosalind rosalyn rosamund rosanna rosanne rose
roseanna rosemary roshan roshni rosie rosina roslyn ross rowan rowena rowland roxanne roy roza rubina ruby rudi rudy
rufaro rufus rui rukhsana rupert ruqayyah russell rusty ruta ruth ruxandra ryan ryde rylan ryszard saad saba sabah
sabiha sabina sabrina sacha sadia sadie safa saffron safia safiya safiyya sage sahil sahra said saif saima sajid
sajjad sakina sakura salah salahuddin saleem saleh salim sally salma salman salome salwa sam samad samantha sameer
sami samia samiha samina samir samira samiya sammy samson samuel sana sandeep sandi sandip sandra sandro sandy sanjay
sanjeev sanna santiago sanya saoirse sapphire saqib sara sarah sarfraz sarina sascha sasha saskia satnam saul savannah
sayed sayeed scarlet scarlett scott scout seamus sean seb sebastian sebastien selena selim selina selma semaj senga
seosamh seren serena serge sergei sergio sergiu seth seun shabana shabnam shafi shafiq shah shaheen shahid shahnaz
shahzad shaima shakeel shakira shamima shamsa shan shane shanelle shania shanice shaniqua shannon shanti shaquille
sharif sharifa sharon shaun shawn shayla shaz shazia sheena shehzad sheila shelby shelley sheree shereen sherif
sherine sheryl shiloh shilpa shirin shirley shiv shivani shona shreya shyam sian siana siddharth siddiq sidney sidra
sienna sierra sigrid siham silas simao simeon simon simona simone simran sina sinan sindy sinead siobhan siti skipper
sky skye skyla skylah skylar slawek sobia sofia sohail soham sol solomon sonia sonja sonny sophia sophie soran soraya
sorcha sorin spencer stacey stacie stacy stan stanislav stanislava stanislaw stanley star stefan stefania stefano
steffan stella steph stephan stephanie stephen sterling steve steven stevie stewart storm stu stuart suad subhan sudha
sue sufyan suhana sukhdeep sukhvinder suki sulaiman sultan sumaira sumaya sumayyah summer sunil sunita sunny suraj
surinder surya susan susana susanna susannah susie suzanne suzie sven svetlana svitlana sybil sydney sylvan sylvia
sylvie sylwia szymon tabassum tabitha tadeusz tadgh taffy taha tahir tahira tahmina taiwo talha talhah talia talulah
tamana tamar tamara tamika tamir tamsin tamzin tania tanisha tanner tanvir tanya tara tariq tarun tash tasha taslima
tasnim tatiana tatum tatyana tavon tayla taylor tayyab teagan ted teddy tegan temi teodor terence teresa tereza
terrell terrence terri terry tess tessa tez thabo thaddeus thalia thandiwe thea thelma theo theodor theodora theodore
theresa thi thierry thomas tia tiago tian tiana tiegan tiffany tilda tilly tim timothy tina titus tobi tobias tobiasz
toby todd tom tomas tomasz tommy tomos toni tonia tony tonya tor tracey tracie tracy travis trevor tricia trinity
trish tristan trudy tryphena tudor tunde tyler tyra tyree tyreece tyrell tyrese tyriq tyrone tyson uche ugne ugo
ulrich uma umair umar umaymah umut una unathi uriel ursula usha usmaan usman vadim val valentin valentina valeria
valerie valery vanessa vasil vasile vasyl venetia vera verity vernon veronica vesna vic vicki vicky victor victoria
vijay vikki vikram viktor viktoria vilma vinay vince vincent viola violet viorel virginia vitali vivaan vivek vivian
vivien vivienne vlad vladimir vladislav volodymyr wade wahid waleed walid wally walter wanda wardah warren waseem
wasim wayne wei wendell wendi wendy weronika wesley wiktor wiktoria wilf wilfred wilhelmina will willa willem william
willow wilma winifred winnie winston winter wit wojciech wojtek wren xander xanthe xavi xavier ximena xin yacine yahya
yakub yana yara yasar yash yasin yasir yasmin yasmina yasmine yaw yehuda yelena yetunde yewande ylva yohan yolanda
yousef youssef ysabel yuki yuliia yuliya yunus yuri yusef yusra yusuf yvan yvette yvonne zac zach zachariah zachary
zack zadie zaheer zahid zahir zahra zahraa zaid zain zaina zainab zak zakaria zakariya zakia zakir zander zara zarina
zayd zayn zbigniew zdenka zee zeeshan zeinab zelda zena zenab zenia zenobia zephaniah zeynep zhi zia ziad ziggy zina
zinnia zion zlata zoe zofia zohaib zola zora zoya zsofia zsuzsanna zubaida zubair zuri zuzana zuzanna zygmunt
""")
"""Given names, lower case."""

ALSO_WORDS: Final = _words("""
abbey abu adele albert alec alexandra ali alma alp amber ana ann april archer art asad ash asher august aurora austin
autumn avery axel basil bea bill blessing blossom bob brandy brook brooke bruce bryn buddy cadence carey carol chad
chance charity chelsea chester chi chip chris christian clay clem cliff cora coral crystal dai daisy dale dan dawn
dean dee des destiny devi devon dot drew duke earl ebony ed eden edward elsa elvis eve faith fay fern finn flora
florence forest frank gene georgia gill ginger glen glory grace grant gray gus guy hal hari harmony harper harry haven
hazel heath heather holly honor hope hunter ida iga ina indie ion ira iris isa israel issa ivy jack jade jaime jan
jasmine jay jazz jean jewel jo jordan joy jude june juno justice kane kay ken kit lance laurel lea lee lex lief lily
liv loren lou luna magnus major mark mason max may maya melody mercy mick miles mimi min mina misty nana nate nell
nick nile noor norm obi ocean ola olive opal ozan paddy paige paris parker pat patience patsy pearl peg peggy penny
phoenix pia pierce piers pip piper poppy prince prudence queenie raf rain ramadan rasa raven ray reading reda reid rex
rich rida river rob robin rocky rod roger roman rose rowan ruby rui rusty ryde saba sacha sage said sally sam sami
sandy savannah scarlet scout shan sienna sierra skipper sky sol sonny spencer stacey stan star sterling storm stu sue
sultan summer sunny sydney sylvan taffy tanner tara tash taylor ted terry thi tia tiffany tom tor trinity trish trudy
tudor uma una usha val verity vic victor victoria viola violet virginia wade wally warren wei will willow winter wit
wren xin zee zion
""")
"""Given names that are also words or places: they need another clue beside them, such as a family name."""

EVERYDAY: Final = _words("""
abu april archer art ash august aurora austin autumn bill blossom bob brandy brook bryn buddy cadence chance charity
chi chip christian clay cliff coral crystal dale des destiny devon dot duke earl ed faith fay forest ginger glory
grace grant gray guy harmony harper haven hazel heath honor hope hunter ida indie ion ira isa israel jazz jewel joy
june justice lance laurel lea lex liv loren major mark may melody mercy miles min misty nana nick nile norm ocean
olive opal paige paris parker pat patience peg phoenix pierce pip prince prudence rain ramadan raven reading rich
river rob rocky rod rose rusty ryde sage said sandy scout sierra skipper sky sol star sterling storm sue sultan sunny
tanner tor trinity tudor una verity wade wally will winter wit wren zion
""")
"""Of `ALSO_WORDS` those that mean so common a thing that even a capital inside a sentence is no clue."""

FAMILY: Final = _words("""
abbott abdi abdullah abubakar acheampong adams adebayo adeleke adeyemi agarwal ahmad ahmed akhtar akinola alam
alexander ali allen almeida anderson andrews ansah appleby appleton archer armstrong arnold asante ashworth atkinson
aziz bailey baker balogun banerjee barker barlow barnes barrett barton bates baxter beaumont begley begum bell bennett
benson berry bhatt bibi bishop blackburn blake bloom boateng bolton bond booth bowen bowers boyle bradley braithwaite
brennan briggs bright brooks broughton brown bryant buckley bull burgess burke burnett burns burton bush butler byrd
byrne cameron campbell carey carlisle carpenter carr carroll carter castro chambers chandler chapman chaudhry chen
cheung choudhury chowdhury christie church clark clarke clayton clements coates cohen cole coleman collins connolly
conway cook cooke cooper costa cox crawford cross cullen cunningham curran curtis dalton daniels das davidson davies
davis dawes dawson day dean diallo diaz dickson dixon dobson dogan doherty donnelly douglas doyle duncan dunn dwyer
eaton eccles edwards elliott ellis ellison emery english erskine evans everett farah farooq farrell faulkner fenton
ferguson fernandes fielding finch firth fisher fitzgerald fleming fletcher flynn foley forbes ford foster fowler fox
francis fraser freeman french frost fry fuentes fuller gallagher garcia gardner garner garrett george georgiou gibbs
gibson gilbert gill gilmore glover goddard gomez gonzalez goodman goodwin gordon gough gould graham grant gray greaves
green greene greenwood gregory griffin griffiths guest gunn gupta haines haji hale hall hamilton hammond hancock
hanson harding hardy hargreaves harper harrington harris harrison hart hartley harvey hashemi hassan hawkins hayes
haynes healey heath henderson henry hernandez herring hewitt hickman higgins hill hobbs hodge hodgson hogan holden
holland holmes holt hooper hope hopkins horne hosseini houghton howard howarth howe howell howells huang hudson hughes
hull hume humphrey humphreys hunt hunter hurst hussain hutchinson hyde ibrahim inskip ionescu iqbal irving isaacs
islam ismail jackson jacob jacobs jama james jarrett jarvis jeffries jenkins jennings jimenez johnson johnston jones
jordan joshi joyce kamara kaminski kapoor kaur kay keane kearney keita kelly kemp kennedy kent kerr khalid khan kim
king kirby kirk knight kovac kowalska kowalski kumar lal lamb lambert lambourne lane langley law lawrence lawson leach
lee lees leonard leung levy lewandowski lewis lim lin lister little liu lloyd long lopez lovell lowe lucas lynch lyons
macdonald mackay mackenzie maguire maher mahmood maitland malik mann manning marsden marsh marshall martin martinez
mason matthews may mccann mccarthy mcdermott mcdonald mcgrath mcguire mckay mckenna mckenzie mclean mcmahon mead mehta
mellor mensah metcalfe meyer middleton miller mills mistry mitchell mohamed mohammed mohamud molloy moore moran morgan
morley morris morrison moss muir murphy murray mustafa myers nair nash naylor neal nelson newman newton nguyen
nicholas nicholls nicholson noble nolan north norton novak nowak nunn obrien oconnor odonnell ogden okafor oliver omar
oneill onyango orr osborne osei osman ott owen owens page palmer park parker parkin parkinson parry parsons patel
patterson paul payne peacock pearce pearson pereira perez perkins perrin perry peters peterson petrov petty pham
phelan phillips pickering pike pinto pitt platt plummer pollard poole popa popescu porter potter powell power prasad
pratt prescott preston price pritchard proctor pugh purcell quinn radu rahimi rahman rai raja ramirez ramos randall
randell rashid rawlings read reed rees reeves reid reilly reynolds rhodes rice richards richardson rigby riley rivera
roach robbins roberts robertson robinson robson rodriguez rogers rooney rose ross rossi rowe rowley rush russell ryan
sadler sahin saleh salim salmon sanchez sanders sandhu sands santos saunders savage schmidt schofield scott sesay shah
shaikh sharma sharp sharpe shaw sheikh shelton shepherd sherwood short siddiqui sidhu silva simmonds simmons simpson
sims sinclair singh singleton skinner slater smart smith snow sokolov spears spence spencer squires stafford stanley
stark steele stephens stephenson stevens stevenson stewart stirling stokes stone storey stuart stubbs suleiman
sullivan summers sutton swain swann swift sykes szymanski tahir tait talbot tang tanner tariq taylor teixeira temple
thapa thomas thompson thomsen thomson thornton thorpe todd tomlinson townsend tran trent trevor tuck tucker turay
turnbull turner tyler tyson uddin usman valentine vance vaughan vickers vickery vincent wade walker wallace wallis
walsh walters walton wang ward wardle warner warren warsame waters watkins watson watts weaver webb webster weekes
welch wells welsh west weston westwood wheeler white whitehead whittaker whittle whyte wilde wilkes wilkins wilkinson
williams williamson willis wilson winter winters wisniewski wojcik wong wood woodcock woodhouse woods woodward woolley
wozniak wren wright wu wyatt yang yates yildiz yilmaz young yusuf zaman zhang zhao zhou zielinski
""")
"""Family names, lower case. Many are words, so they only ever confirm a name that stands before them."""
